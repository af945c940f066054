import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

/** The bundle, as a user has it, in a folder of its own that is gone after the file's tests. */
export function commandLine() {
  const folder = mkdtempSync(join(tmpdir(), 'spacelift-telemetry-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    /** Runs it with these files in the folder. */
    cli(args: readonly string[], files: Readonly<Record<string, string>> = {}, input = '') {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const options = { cwd: folder, input, encoding: 'utf8' } as const;
      const all = [resolve('dist/cli.js'), ...args];
      const { status, stdout, stderr } = spawnSync(process.execPath, all, options);
      return { status, stdout, stderr };
    },
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
  };
}
