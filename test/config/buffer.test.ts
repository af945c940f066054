import { describe, expect, test } from 'vitest';
import { whyNot } from '../stack/programs.ts';
import { expectAll, send, stackForEach } from '../stack/traffic.ts';
import { spanCount } from '../support/spans.ts';

const disk = { presets: ['badger', 'disk-buffer'] };

const missing = await whyNot('collector', 'jaeger', 'telemetrygen');

describe.skipIf(missing)(`the queue on disk${missing}`, () => {
  const up = stackForEach();

  // Ten batches are under way when it is killed, one is being filled, the rest waits: all of it is on the disk.
  test('has every span that was acknowledged when the collector is killed while Jaeger is away', async () => {
    const stack = await up(disk);
    const before = { service: 'before', traces: 20, childSpans: 4 };
    await send(stack, before);
    await expectAll(stack, before);
    await stack.endJaeger('SIGKILL');

    const waiting = { service: 'waiting', traces: 2000, childSpans: 9, batchSize: 512 };
    await send(stack, waiting);
    const queued = await stack.collectorMetric('otelcol_exporter_queue_size');
    await stack.endCollector('SIGKILL');
    const bytes = await stack.queueBytes();
    console.log(`${spanCount(waiting)} spans wait as ${queued} bytes of queue in ${bytes} bytes of disk`);

    await stack.startCollector();
    const late = { service: 'late', traces: 20, childSpans: 4 };
    await send(stack, late);
    await stack.endCollector('SIGTERM'); // a pod that is moved, with the queue still full
    await stack.startCollector();
    await stack.startJaeger();
    for (const load of [before, waiting, late]) await expectAll(stack, load);
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'loses nothing of what comes meanwhile when Jaeger is away and the collector gets a %s',
    async (signal) => {
      const stack = await up(disk);
      const load = { service: 'meanwhile', traces: 2000, childSpans: 4, rate: 500, patience: 60 };
      const sent = send(stack, load);
      sent.catch(() => {}); // judged below, when it is awaited
      const acknowledged = () => stack.collectorMetric('otelcol_exporter_sent_spans');
      await expect.poll(acknowledged, { timeout: 30_000 }).toBeGreaterThan(500);
      await stack.endJaeger('SIGTERM');
      const waiting = () => stack.collectorMetric('otelcol_exporter_queue_size');
      await expect.poll(waiting, { timeout: 30_000 }).toBeGreaterThan(400_000);
      await stack.endCollector(signal);
      await stack.startCollector();
      await stack.startJaeger();
      await sent;
      await expectAll(stack, load);
    },
  );

  test('gives its space back when it is empty again', async () => {
    const compaction = '--set=extensions.file_storage/queue.compaction';
    const stack = await up({
      ...disk,
      collectorSettings: [`${compaction}.check_interval=1s`, `${compaction}.rebound_needed_threshold_mib=32`],
    });
    await stack.endJaeger('SIGKILL');
    const attributes = { padding: 'x'.repeat(1000) };
    await send(stack, { service: 'waiting', traces: 4000, childSpans: 9, batchSize: 512, attributes });
    const full = await stack.queueBytes();
    expect(full).toBeGreaterThan(32 * 2 ** 20);
    await stack.startJaeger();
    await expect.poll(stack.queueBytes, { timeout: 60_000, interval: 500 }).toBeLessThan(full / 2);
  });

  test('refuses spans when it is full, and takes them again later', async () => {
    const stack = await up({
      ...disk,
      collectorSettings: ['--set=exporters.otlp_grpc/jaeger.sending_queue.queue_size=1000000'],
    });
    await stack.endJaeger('SIGKILL');
    const load = { service: 'overflow', traces: 2000, childSpans: 4 };
    const sent = send(stack, load);
    sent.catch(() => {}); // judged below, when it is awaited
    const refused = () => stack.collectorMetric('otelcol_receiver_refused_spans');
    await expect.poll(refused, { timeout: 30_000 }).toBeGreaterThan(0);
    await stack.startJaeger();
    await sent;
    await expectAll(stack, load);
  });
});
