import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { program } from '../stack/programs.ts';
import { send, stackForEach } from '../stack/traffic.ts';
import { type Authority, newAuthority, whatAuthoritiesMiss } from '../support/authority.ts';
import { output } from '../support/processes.ts';
import { sendMetrics, spanCount } from '../support/spans.ts';
import { type Guard, guard } from './guard.ts';
import { callsOf, highestRate, OFTEN, PATIENT, series as seriesOf, total as totalOf } from './metrics.ts';
import { address, restart, useServers, whyNot } from './servers.ts';
import { freshLoad } from './storage.ts';

/** What differs from a cluster: where Prometheus is. */
function settings() {
  const url = address('prometheus');
  return {
    collectorSettings: [`--set=exporters.otlp_http/metrics.metrics_endpoint=${url}/api/v1/otlp/v1/metrics`],
    jaegerSettings: [`--set=extensions.jaeger_storage.metric_backends.metrics.prometheus.endpoint=${url}`],
  };
}

const spanMetrics = () => {
  const { collectorSettings, jaegerSettings } = settings();
  const presets = ['badger', 'span-metrics', 'prometheus'];
  return { presets, jaegerSettings, collectorSettings: [...collectorSettings, OFTEN] };
};

/** What Prometheus itself says. */
const series = (query: string) => seriesOf(address('prometheus'), query);
const total = (query: string) => totalOf(address('prometheus'), query);

const missing = await whyNot(['prometheus']);
const noAuthority = await whyNot(['prometheus'], { lacking: whatAuthoritiesMiss });

describe.skipIf(missing)(`Prometheus as the metrics backend${missing}`, () => {
  useServers('prometheus');
  const up = stackForEach();

  test("has Spacelift's metrics, under the sender's address, and again after a restart", async () => {
    const stack = await up({ presets: ['prometheus'], ...settings() });
    const service = `spacelift-drain-${randomUUID().slice(0, 8)}`;
    await output(program('telemetrygen'), sendMetrics(stack.endpoint, service, 100));
    const own = `{__name__=~"gen.*", job="${service}"}`;
    await expect.poll(() => series(own), PATIENT).toHaveLength(1);
    const before = await series(own);
    expect(before[0]?.metric).toMatchObject({ job: service, instance: '127.0.0.1' });
    await restart('prometheus');
    expect((await series(own)).map(({ metric }) => metric)).toEqual(before.map(({ metric }) => metric));
    expect(await stack.endCollector()).not.toMatch(/\t(warn|error)\t/);
  });

  test('counts every span once, whichever pod and whichever collector it comes through', async () => {
    const stacks = [await up(spanMetrics()), await up(spanMetrics())];
    const load = freshLoad('spacelift-server');
    for (const stack of stacks) {
      for (const pod of ['a', 'b']) await send(stack, { ...load, resourceAttributes: { 'host.name': pod } });
    }
    const calls = callsOf(load.service);
    await expect.poll(() => total(calls), PATIENT).toBe(4 * spanCount(load));
    const collectors = await series(`count by (collector_instance_id) (${calls})`);
    expect(collectors.map(({ metric }) => metric['collector_instance_id']).sort()).toEqual(
      stacks.map(({ pod }) => pod).sort(),
    );
    for (const stack of stacks) expect(await stack.endCollector()).not.toMatch(/\t(warn|error)\t/);
  });

  test('shows them in the Monitor tab, and again after a restart of all', async () => {
    const stack = await up(spanMetrics());
    const load = freshLoad('spacelift-server');
    const calls = callsOf(load.service);
    await send(stack, load);
    await expect.poll(() => total(calls), PATIENT).toBe(spanCount(load));
    await send(stack, load); // a rate is the difference of two numbers
    await expect.poll(() => highestRate(stack, load.service), PATIENT).toBeGreaterThan(0);
    await stack.endJaeger('SIGTERM');
    await restart('prometheus');
    await stack.startJaeger();
    expect(await highestRate(stack, load.service)).toBeGreaterThan(0);
  });

  describe.skipIf(noAuthority)(`by TLS, with a certificate of a private authority${noAuthority}`, () => {
    let guarded: Guard | undefined;
    afterEach(() => guarded?.close());

    /** Both programs with this authority and a token in their Secrets, before a Prometheus with a certificate of that one. */
    async function connect(trusted: Authority, tls: Authority) {
      const authorization = 'Bearer the-token';
      guarded = await guard(address('prometheus'), { authorization, tls });
      const existingSecret = 'metrics-credentials';
      const prometheus = { endpoint: guarded.url, existingSecret, tls: { caKey: 'metrics-ca.crt' } };
      const ca = { 'metrics-ca.crt': trusted.ca };
      return up({
        config: { storage: { memory: {} }, metrics: { prometheus }, spanMetrics: {} },
        secrets: {
          [existingSecret]: { authorization },
          [model.secrets.collector.name]: ca,
          [model.secrets.jaeger.name]: { ...ca, 'metrics-token': 'the-token' },
        },
        collectorSettings: [OFTEN],
      });
    }

    test('which is in both Secrets, numbers are written and shown in the Monitor tab', async () => {
      const authority = await newAuthority();
      const stack = await connect(authority, authority);
      const load = freshLoad('spacelift-server');
      await send(stack, load);
      const calls = callsOf(load.service);
      await expect.poll(() => total(calls), PATIENT).toBe(spanCount(load));
      await send(stack, load); // a rate is the difference of two numbers
      await expect.poll(() => highestRate(stack, load.service), PATIENT).toBeGreaterThan(0);
    });

    test('when another authority is in the Secrets, both programs say so', async () => {
      const stack = await connect(await newAuthority(), await newAuthority());
      await send(stack, freshLoad('spacelift-server'));
      await expect(highestRate(stack, 'spacelift-server')).rejects.toThrow(/signed by unknown authority/);
      await expect
        .poll(() => stack.logs(), PATIENT)
        .toMatch(/otlp_http.metrics.*signed by unknown authority/);
    });
  });
});
