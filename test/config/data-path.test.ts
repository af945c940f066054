import { describe, expect, test } from 'vitest';
import { program, whyNot } from '../stack/programs.ts';
import { expectAll, send, stackForEach } from '../stack/traffic.ts';
import { alone } from '../support/preset-sets.ts';
import { output } from '../support/processes.ts';
import { sendMetrics } from '../support/spans.ts';

const spacelift = { service: 'spacelift-server', traces: 20, childSpans: 4 };

/** Asks for a login, which ui.test.ts gives. */
const WITH_LOGIN = 'ui-auth';

/** Presets that need a server between Spacelift and what is found: the level `integration` has them. */
const WITH_SERVER = ['opensearch', 'elasticsearch', 'cassandra', 'clickhouse', 'grpc', 'kafka'];

const missing = await whyNot('collector', 'jaeger', 'telemetrygen');

describe.skipIf(missing)(`spans and metrics through real processes${missing}`, () => {
  const up = stackForEach();

  const elsewhere = [...WITH_SERVER, WITH_LOGIN];
  const complete = alone.filter(
    ([, list]) =>
      !list.some(({ name, config }) => elsewhere.includes(name) || config.traces?.sample !== undefined),
  );
  // Those that sample keep some traces only, and have tests of their own.
  test.each(complete)('all spans are found in Jaeger, under their service, with %s', async (_, list) => {
    const stack = await up({ presets: list.map(({ name }) => name) });
    await send(stack, spacelift);
    await expectAll(stack, spacelift);
    expect(await stack.jaeger.services()).toEqual([spacelift.service]);
    // What is deprecated is said at a start only; `validate` passes it in silence.
    expect(stack.logs()).not.toMatch(/deprecat/i);
  });

  test('a burst of 10,000 spans arrives complete', async () => {
    const stack = await up();
    const burst = { service: 'burst', traces: 1000, childSpans: 9, batchSize: 512 };
    await send(stack, burst);
    await expectAll(stack, burst);
  });

  test('metrics are taken without a word in the log', async () => {
    const stack = await up();
    await output(program('telemetrygen'), sendMetrics(stack.endpoint, 'spacelift-server', 100));
    expect(await stack.collectorMetric('otelcol_receiver_accepted_metric_points')).toBe(100);
    expect(await stack.endCollector()).not.toMatch(/\t(warn|error)\t/);
  });

  // A receiver with gRPC's own limit refuses a larger request for good. Requests near the limit, while smaller
  // ones wait for their batch to fill, would make such a request of a queue that does not split by bytes.
  test('no request to Jaeger is larger than 4 MiB, whatever comes in', async () => {
    const stack = await up({
      jaegerSettings: ['--set=receivers.otlp.protocols.grpc.max_recv_msg_size_mib=4'],
    });
    const part = 'x'.repeat(32_000); // a longer one is cut
    const attributes = { first: part, second: part, third: part };
    const large = { service: 'large', traces: 156, childSpans: 1, batchSize: 39, attributes };
    const small = { service: 'small', traces: 40, childSpans: 1, batchSize: 4, rate: 40, attributes };
    await Promise.all([send(stack, large), send(stack, small)]);
    await expectAll(stack, large);
    await expectAll(stack, small);
  });
});
