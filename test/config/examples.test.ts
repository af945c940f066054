import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateFiles } from '../../generator/commands/validate.ts';

/** The folder `cmd/jaeger` of Jaeger's source at the version that the chart pins. */
const folder = process.env['JAEGER_EXAMPLES'];
const examples = folder ? (await readdir(folder)).filter((file) => /^config.*\.yaml$/.test(file)) : [];
const missing = folder ? '' : " (skipped: no folder of Jaeger's examples in JAEGER_EXAMPLES)";

/** What an example may have that a pod of this chart cannot: everything else in it is accepted. */
const REFUSED = {
  'a password in clear': /\/password: ".*" does not match \^\\\$\\\{env:/,
  'files of Badger without a volume': /Badger writes to .* where no volume is mounted/,
  "a health elsewhere than the pod's probes look": /Jaeger listens on port \d+ for its health/,
};

describe.skipIf(missing)(`Jaeger's own examples${missing}`, () => {
  let mine: string;
  beforeAll(async () => {
    mine = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
  });
  afterAll(() => rm(mine, { recursive: true }));

  test('are there', () => expect(examples.length).toBeGreaterThan(10));

  // As somebody pastes them: with their comments and with keys that have no value, which `--fix` mends.
  test.each(examples)(
    '%s is accepted after --fix, but for what a pod of the chart cannot have',
    async (name) => {
      const example = await readFile(join(folder ?? '', name), 'utf8');
      const file = join(mine, name);
      await writeFile(file, `jaeger:\n  userconfig:\n${example.replaceAll(/^(?=.)/gm, '    ')}`);
      const { stdout } = await validateFiles({ files: [file], fix: true, format: 'json' });
      const { problems } = JSON.parse(stdout) as {
        problems: { severity?: 'warning'; message: string; pointer: string }[];
      };
      const errors = problems
        .filter(({ severity }) => severity === undefined)
        .map(({ pointer, message }) => `${pointer}: ${message}`);
      const isExplained = (error: string) => Object.values(REFUSED).some((reason) => reason.test(error));
      expect(errors.filter((error) => !isExplained(error))).toEqual([]);
    },
  );
});
