import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import type { StackOptions } from '../stack/stack.ts';
import { expectAll, send, stackForEach } from '../stack/traffic.ts';
import { type Authority, newAuthority, whatAuthoritiesMiss } from '../support/authority.ts';
import { spanCount } from '../support/spans.ts';
import { brokerGuard, type Guard } from './guard.ts';
import { address, restart, useServers, whyNot } from './servers.ts';
import { freshLoad } from './storage.ts';

/** Settings with which Jaeger refuses every span, as it does when its memory is full. */
const FULL = ['limit_percentage=0', 'spike_limit_percentage=0', 'limit_mib=2', 'spike_limit_mib=1'].map(
  (setting) => `--set=processors.memory_limiter.${setting}`,
);

/** The pauses before a message is read again, in seconds, in the order of the log. */
const pauses = (log: string) =>
  [...log.matchAll(/Backing off due to error.*?"delay": ([\d.]+)/g)].map(([, seconds]) => Number(seconds));

const missing = await whyNot(['kafka'], { collector: 'contrib' });
const noAuthority = await whyNot(['kafka'], { collector: 'contrib', lacking: whatAuthoritiesMiss });

describe.skipIf(missing)(`Kafka between collector and Jaeger${missing}`, () => {
  useServers('kafka');
  const up = stackForEach();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The preset, with a topic and a group of one test: a server may have been running before. */
  async function kafka(): Promise<StackOptions> {
    const own = `spans-${randomUUID().slice(0, 8)}`;
    const brokers = [address('kafka')];
    const exporters = { kafka: { brokers, traces: { topic: own } } };
    const receivers = { kafka: { brokers, traces: { topics: [own] }, group_id: own } };
    const file = join(folder, `${own}.json`);
    const values = { otelcol: { alternateConfig: { exporters } }, jaeger: { userconfig: { receivers } } };
    await writeFile(file, JSON.stringify(values));
    return { presets: ['kafka', 'badger'], values: [file] };
  }

  test('spans are found, and found again after a restart of Kafka and Jaeger', async () => {
    const stack = await up(await kafka());
    const load = freshLoad('spacelift-server');
    await send(stack, load);
    await expectAll(stack, load);
    await stack.endJaeger('SIGTERM');
    await restart('kafka');
    await stack.startJaeger();
    expect(await stack.jaeger.countSpans(load.service)).toBe(spanCount(load));
    // What is deprecated is said at a start only.
    expect(stack.logs()).not.toMatch(/deprecat/i);
  });

  test('spans wait in Kafka, not in the collector, while Jaeger is away', async () => {
    const stack = await up(await kafka());
    await stack.endJaeger('SIGKILL');
    const load = freshLoad('spacelift-drain');
    await send(stack, load);
    await expect
      .poll(() => stack.collectorMetric('otelcol_exporter_sent_spans'), { timeout: 60_000 })
      .toBe(spanCount(load));
    await stack.endCollector();
    await restart('kafka');
    await stack.startJaeger();
    await expectAll(stack, load);
  });

  test('a message that could not be stored is read again by the next Jaeger', async () => {
    const stack = await up(await kafka());
    await stack.endJaeger('SIGTERM');
    await stack.startJaeger(FULL);
    // It looks at its memory every second, and takes spans until it has looked once.
    await expect.poll(() => stack.logs(), { timeout: 60_000 }).toContain('Refusing data');
    const load = freshLoad('spacelift-server');
    await send(stack, load);
    // The second pause is the first one that grew: without a factor it would be none, and so all that follow.
    await expect.poll(() => pauses(stack.logs()).length, { timeout: 60_000 }).toBeGreaterThan(2);
    expect(pauses(stack.logs()).filter((seconds) => seconds < 0.4)).toEqual([]);
    expect(await stack.jaeger.countSpans(load.service)).toBe(0);
    await stack.endJaeger('SIGTERM');
    await stack.startJaeger();
    await expectAll(stack, load);
  });

  test('no message is larger than a broker takes, whatever comes in', async () => {
    const stack = await up(await kafka());
    const part = 'x'.repeat(32_000);
    const attributes = { first: part, second: part, third: part };
    const load = { ...freshLoad('large'), childSpans: 1, batchSize: 39, attributes };
    await send(stack, load);
    await expectAll(stack, load);
  });

  describe.skipIf(noAuthority)(`by TLS, with a certificate of a private authority${noAuthority}`, () => {
    let guarded: Guard | undefined;
    afterEach(() => guarded?.close());

    /** Both programs with this authority in their Secrets, before a broker with a certificate of that one. */
    async function connect(trusted: Authority, tls: Authority) {
      guarded = await brokerGuard(address('kafka'), tls);
      const topic = `spans-${randomUUID().slice(0, 8)}`;
      const ca = { 'kafka-ca.crt': trusted.ca };
      const secured = { enabled: true, caKey: 'kafka-ca.crt' };
      return up({
        config: {
          storage: { memory: {} },
          kafka: { brokers: [guarded.url], topic, groupId: topic, tls: secured },
        },
        secrets: { [model.secrets.collector.name]: ca, [model.secrets.jaeger.name]: ca },
      });
    }

    test('which is in both Secrets, spans are found', async () => {
      const authority = await newAuthority();
      const stack = await connect(authority, authority);
      const load = freshLoad('spacelift-server');
      await send(stack, load);
      await expectAll(stack, load);
    });

    test('when another authority is in the Secrets, both programs say so', async () => {
      const stack = await connect(await newAuthority(), await newAuthority());
      await send(stack, freshLoad('spacelift-server'));
      for (const kind of ['exporter', 'receiver']) {
        const refused = new RegExp(`"${kind}".*certificate signed by unknown authority`);
        await expect.poll(() => stack.logs(), { timeout: 60_000 }).toMatch(refused);
      }
    });
  });
});
