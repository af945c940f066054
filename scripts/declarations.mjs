/**
 * Writes dist/types: the types of the library, for whoever imports it. Only those that its public part leads to; the
 * compiler writes one file for each module, whether its types can be seen from outside or not.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { $, tmpdir } from 'zx';
import { run, UserError } from './run.mjs';

const FOLDER = 'dist/types';

/**
 * The declarations that a file leads to, itself among them, by their path.
 * @param {string} made the folder with all of them
 * @param {string} path
 * @param {Map<string, string>} found
 */
async function collect(made, path, found) {
  if (found.has(path)) return found;
  const text = await readFile(join(made, path), 'utf8');
  // The sources import each other as .ts; a declaration stands beside a .js in the eyes of every compiler.
  found.set(path, text.replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'"));
  for (const [, target = ''] of text.matchAll(/from '(\.[^']+)\.ts'/g)) {
    await collect(made, join(dirname(path), `${target}.d.ts`), found);
  }
  return found;
}

await run(import.meta.url, async () => {
  const made = tmpdir();
  try {
    const compiler = $({ nothrow: true, quiet: true });
    const { exitCode, stdout } = await compiler`tsc --project scripts/declarations --outDir ${made}`;
    if (exitCode !== 0) throw new UserError(stdout.trim());
    await rm(FOLDER, { recursive: true, force: true });
    for (const [path, text] of await collect(made, 'generator/index.d.ts', new Map())) {
      await mkdir(dirname(join(FOLDER, path)), { recursive: true });
      await writeFile(join(FOLDER, path), text);
    }
  } finally {
    await rm(made, { recursive: true });
  }
});
