import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { inWordsOf } from '../stack/jaeger-words.ts';
import { collectorOf, program, programs, whyNot } from '../stack/programs.ts';
import { localArgs, localEnv, type RenderedStack, renderStack } from '../stack/rendered.ts';
import { alone, randomSets } from '../support/preset-sets.ts';
import { run } from '../support/processes.ts';

const secrets = { [model.secrets.storage.name]: { username: 'jaeger', password: 'secret' } };
const cases = [...alone, ...randomSets(20)];

const missing = await whyNot('collector', 'contrib', 'jaeger');

describe.skipIf(missing)(`real programs accept the configuration of${missing}`, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Judges a configuration: nothing said against it, and no warning either. */
  async function judge(path: string, stack: RenderedStack, name: keyof RenderedStack) {
    const config = name === 'jaeger' ? await inWordsOf(path, stack[name].config) : stack[name].config;
    const judged = { ...stack, [name]: { ...stack[name], config } };
    const args = ['validate', ...(await localArgs(judged, name, folder))];
    const { code, stdout, stderr } = await run(path, args, { env: localEnv(stack[name], secrets) });
    const said = stdout + stderr;
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/warn|deprecat|error/i);
  }

  /** Many sets come to the same configuration: a preset may be about neither program, or about one of them. */
  const judged = new Map<string, Promise<void>>();
  function validate(path: string, stack: RenderedStack, name: keyof RenderedStack): Promise<void> {
    const key = JSON.stringify([path, stack[name]]);
    const verdict = judged.get(key) ?? judge(path, stack, name);
    judged.set(key, verdict);
    return verdict;
  }

  test.each(cases)('%s', async (_, list) => {
    const stack = await renderStack(list.map(({ name }) => name));
    await validate(program(collectorOf(stack.collector)), stack, 'collector');
    await validate(program('jaeger'), stack, 'jaeger');
    if (programs.nextJaeger) await validate(programs.nextJaeger, stack, 'jaeger');
  });
});
