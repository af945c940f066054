import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { call } from '../../hook/grpc.ts';
import { encodeSpan } from '../../hook/otlp-span.ts';
import { whyNot } from '../stack/programs.ts';
import type { Stack } from '../stack/stack.ts';
import { expectAll, send, stackForEach } from '../stack/traffic.ts';

const missing = await whyNot('collector', 'jaeger', 'telemetrygen');

/** Sends a trace whose first span goes to one collector and whose second to the other. */
async function sendSplit({ endpoint, otherEndpoint }: Stack, service: string): Promise<void> {
  const traceId = randomBytes(16);
  const now = Date.now();
  const send = async (address: string, start: number, end: number) => {
    const message = encodeSpan({ traceId, spanId: randomBytes(8), service, name: 'part', start, end });
    const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
    expect(await call({ address, path, message, timeoutMs: 60_000 })).toMatchObject({ code: 0 });
  };
  // Neither is slow; only both together are.
  await send(endpoint, now - 10_000, now - 9_000);
  await send(otherEndpoint, now - 1_000, now);
}

describe.skipIf(missing)(`what happens to spans on their way${missing}`, () => {
  const up = stackForEach();

  test('redact masks credentials and e-mail addresses, and nothing else', async () => {
    const stack = await up({ presets: ['redact'] });
    const jwt = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.c`;
    const attributes = {
      'http.request.header.authorization': 'Basic Zm9vOmJhcg==',
      'db.password': 'hunter2',
      'url.full': 'https://me:hunter2@host/path?page=7&access_token=hunter2&sort=up',
      'exception.message': `refused: Bearer ${jwt} of jane@example.org`,
      'db.query.text': 'SELECT * FROM runs WHERE owner = hunter2_owner AND id = 4711',
      'db.system.name': 'postgresql',
      aws: 'AKIAIOSFODNN7EXAMPLE in eu-west-1',
      'spacelift.stack': 'production-network',
      'retry.count': '3',
    };
    const load = {
      service: 'secrets',
      traces: 2,
      childSpans: 1,
      attributes,
      resourceAttributes: { api_key: 'hunter2' },
    };
    await send(stack, load);
    await expectAll(stack, load);
    const stored = JSON.stringify(await stack.jaeger.stored(load.service));
    for (const secret of ['hunter2"', 'me:hunter2', 'token=hunter2', 'Zm9v', jwt, 'jane@', 'AKIA', '4711'])
      expect(stored, secret).not.toContain(secret);
    for (const kept of [
      'page=7',
      'sort=up',
      'production-network',
      'eu-west-1',
      'refused: ',
      'SELECT * FROM runs',
    ])
      expect(stored).toContain(kept);
  });

  test('spans of probes are dropped, others that look alike are not', async () => {
    const stack = await up({ presets: ['redact'] });
    const load = (service: string, path: string) => ({
      service,
      traces: 5,
      childSpans: 1,
      attributes: { 'url.path': path },
    });
    await send(stack, load('probe', '/healthz'));
    await send(stack, load('run', '/stacks/healthz-check'));
    await expectAll(stack, load('run', '/stacks/healthz-check'));
    expect(await stack.jaeger.countSpans('probe')).toBe(0);
  });

  test('sample keeps about a tenth of the traces, and each of them whole', async () => {
    const stack = await up({ presets: ['sample'] });
    const load = { service: 'sampled', traces: 2000, childSpans: 3 };
    await send(stack, load);
    await stack.endCollector(); // which sends what it has
    const spans = await stack.jaeger.countSpans(load.service);
    expect(spans % 4).toBe(0);
    expect(spans / 4).toBeGreaterThan(120);
    expect(spans / 4).toBeLessThan(280);
  });
});

describe.skipIf(missing)(`sampling by tail, with two collectors${missing}`, () => {
  const up = stackForEach();
  const options = {
    presets: ['tail-sampling'],
    twoCollectors: true,
    collectorSettings: ['--set=processors.tail_sampling.decision_wait=3s'],
  };

  test('keeps all errors, all slow traces and about a tenth of the others', async () => {
    const stack = await up(options);
    const other = { ...stack, endpoint: stack.otherEndpoint };
    const errors = { service: 'errors', traces: 200, childSpans: 3, status: 'Error' as const };
    const slow = { service: 'slow', traces: 200, childSpans: 3, duration: '4s' };
    const rest = { service: 'rest', traces: 1000, childSpans: 3 };
    await Promise.all([send(stack, errors), send(other, slow), send(stack, rest), send(other, rest)]);
    await expectAll(stack, errors);
    await expectAll(stack, slow);
    const judged = () =>
      stack.collectorMetric('otelcol_processor_tail_sampling_sampling_trace_dropped_too_early');
    expect(await judged()).toBe(0);
    const spans = await stack.jaeger.countSpans(rest.service);
    expect(spans % 4).toBe(0);
    expect(spans / 4).toBeGreaterThan(120);
    expect(spans / 4).toBeLessThan(280);
  });

  test('sees a trace as one whose spans come in at different collectors', async () => {
    const stack = await up(options);
    for (let trace = 0; trace < 20; trace++) await sendSplit(stack, 'split');
    await expect.poll(() => stack.jaeger.countSpans('split'), { timeout: 30_000, interval: 500 }).toBe(40);
  });
});
