import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localArgs, localEnv } from '../stack/local.ts';
import { program, whyNot } from '../stack/programs.ts';
import { renderStack } from '../stack/rendered.ts';
import { run } from '../support/processes.ts';
import { JAEGER, refusedByPrograms } from '../support/refused-by-programs.ts';

const missing = await whyNot('collector', 'jaeger');

describe.skipIf(missing)(`what the rules about wiring refuse, the program refuses${missing}`, () => {
  let folder: string;
  let chart: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
    // The chart says it first; here the programs are asked.
    chart = join(folder, 'chart');
    await cp('chart', chart, { recursive: true });
    await rm(join(chart, 'templates/validations.yaml'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(refusedByPrograms)('%s', async (_, files, said) => {
    const values = join(folder, 'values.yaml');
    await writeFile(values, Object.values(files).join(''));
    const stack = await renderStack({ values: [values], chart });
    const name = said.startsWith(JAEGER) ? 'jaeger' : 'collector';
    // A storage is looked for at the start alone, and the program ends when it is not there.
    const command = / is "\w+"/.test(said) ? [] : ['validate'];
    const args = [...command, ...(await localArgs(stack, name, folder))];
    const { code } = await run(program(name), args, { env: localEnv(stack[name], {}) });
    expect(code).toBe(1);
  });
});
