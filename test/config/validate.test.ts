import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { inWordsOf } from '../stack/jaeger-words.ts';
import { localArgs, localEnv } from '../stack/local.ts';
import { collectorOf, type Jaeger, jaegers, program, whyNot } from '../stack/programs.ts';
import { type RenderedStack, renderStack } from '../stack/rendered.ts';
import { alone, type PresetList, randomSets } from '../support/preset-sets.ts';
import { run } from '../support/processes.ts';

const login = { username: 'jaeger', password: 'secret' };
const secrets = {
  [model.secrets.storage.name]: login,
  'search-login': login,
  'cassandra-login': login,
  'clickhouse-login': login,
  'kafka-telemetry': login,
  'metrics-credentials': { authorization: 'Bearer token' },
  [model.secrets.jaeger.name]: { 'kafka-username': 'jaeger', 'kafka-password': 'secret' },
};
/** The ways to other servers with all that a preset leaves out: a login, and the certificate of a private authority. */
const wholeWays = ['kafka', 'metrics-prometheus-secret'];
/** Storages with all that a preset leaves out, and the minor version of Jaeger 2 that knows it first. */
const wholeStorages = [
  { name: 'opensearch-rollover', since: 13 },
  { name: 'elasticsearch-for-ever', since: 13 },
  { name: 'cassandra-tls', since: 13 },
  { name: 'clickhouse-tls', since: 19 },
  { name: 'grpc-two-servers', since: 19 },
];
const cases = [...alone, ...randomSets(20)];

const atHand = await jaegers();
/** ClickHouse's feature gate and two of its settings came after Jaeger 2.13; the chart pins a Jaeger that has them. */
const knows = ({ minor }: Jaeger, list: PresetList) =>
  minor >= 19 || !list.some(({ name }) => name === 'clickhouse');

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
    const args = ['validate', ...(await localArgs(judged, name, folder, secrets))];
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

  for (const { name, since } of wholeStorages) {
    const able = atHand.filter(({ minor }) => minor >= since);
    const none = able.length > 0 ? '' : ` (skipped: no Jaeger of 2.${since} or newer)`;
    test.skipIf(none)(`the storage ${name}${none}`, async () => {
      const stack = await renderStack({ values: [`test/golden/${name}/values.yaml`] });
      for (const { path } of able) await validate(path, stack, 'jaeger');
    });
  }

  test.each(wholeWays)('%s, with its Secrets', async (name) => {
    const stack = await renderStack({ values: [`test/golden/${name}/values.yaml`] });
    await validate(program(collectorOf(stack.collector)), stack, 'collector');
    for (const { path } of atHand) await validate(path, stack, 'jaeger');
  });

  const unjudged = (list: PresetList) =>
    atHand.some((jaeger) => knows(jaeger, list)) ? '' : ', the collector alone: no Jaeger of 2.19 or newer';
  test.each(cases.map(([name, list]) => [`${name}${unjudged(list)}`, list] as const))(
    '%s',
    async (_, list) => {
      const stack = await renderStack({ presets: list.map(({ name }) => name) });
      await validate(program(collectorOf(stack.collector)), stack, 'collector');
      for (const jaeger of atHand) if (knows(jaeger, list)) await validate(jaeger.path, stack, 'jaeger');
    },
  );
});
