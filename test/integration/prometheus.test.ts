import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { program } from '../stack/programs.ts';
import type { Stack } from '../stack/stack.ts';
import { send, stackForEach } from '../stack/traffic.ts';
import { type Authority, newAuthority, whatAuthoritiesMiss } from '../support/authority.ts';
import { output } from '../support/processes.ts';
import { sendMetrics, spanCount } from '../support/spans.ts';
import { type Guard, guard } from './guard.ts';
import { address, restart, useServers, whyNot } from './servers.ts';
import { freshLoad } from './storage.ts';

const PATIENT = { timeout: 60_000, interval: 500 };

/** What differs from a cluster: where Prometheus is, and how long one waits for numbers. */
function settings() {
  const url = address('prometheus');
  return {
    collectorSettings: [`--set=exporters.otlp_http/metrics.metrics_endpoint=${url}/api/v1/otlp/v1/metrics`],
    jaegerSettings: [`--set=extensions.jaeger_storage.metric_backends.metrics.prometheus.endpoint=${url}`],
  };
}

const often = '--set=connectors.span_metrics.metrics_flush_interval=1s';

const spanMetrics = () => {
  const { collectorSettings, jaegerSettings } = settings();
  const presets = ['badger', 'span-metrics', 'prometheus'];
  return { presets, jaegerSettings, collectorSettings: [...collectorSettings, often] };
};

interface Series {
  metric: Record<string, string>;
  value: [number, string];
}

/** What Prometheus itself says of a query, now. */
async function series(query: string): Promise<Series[]> {
  const answer = await fetch(`${address('prometheus')}/api/v1/query?${new URLSearchParams({ query })}`);
  const { data } = (await answer.json()) as { data: { result: Series[] } };
  return data.result;
}

const total = async (query: string) => Number((await series(`sum(${query})`))[0]?.value[1] ?? 0);

/** The highest of the rates that the Monitor tab draws for a service, over all kinds of spans. */
async function highestRate(stack: Stack, service: string): Promise<number> {
  const minute = 60_000;
  const window = { lookback: 10 * minute, step: 5_000, ratePer: minute, endTs: Date.now() };
  const query = new URLSearchParams({ service, spanKind: 'server' });
  for (const [name, value] of Object.entries(window)) query.set(name, String(value));
  const { metrics } = (await stack.ask(`/api/metrics/calls?${query}`)) as {
    metrics: { metricPoints: { gaugeValue: { doubleValue: number | string } }[] }[];
  };
  const points = metrics.flatMap(({ metricPoints }) => metricPoints);
  return Math.max(
    0,
    ...points.map(({ gaugeValue }) => Number(gaugeValue.doubleValue)).filter(Number.isFinite),
  );
}

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
    const calls = `traces_span_metrics_calls_total{service_name="${load.service}"}`;
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
    const calls = `traces_span_metrics_calls_total{service_name="${load.service}"}`;
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
        collectorSettings: [often],
      });
    }

    test('which is in both Secrets, numbers are written and shown in the Monitor tab', async () => {
      const authority = await newAuthority();
      const stack = await connect(authority, authority);
      const load = freshLoad('spacelift-server');
      await send(stack, load);
      const calls = `traces_span_metrics_calls_total{service_name="${load.service}"}`;
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
