import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { call } from '../../hook/grpc.ts';
import { encodeSpan } from '../../hook/otlp-span.ts';
import { jaegers, whyNot } from '../stack/programs.ts';
import { expectAll, send, stackForEach } from '../stack/traffic.ts';
import { spanCount } from '../support/spans.ts';

const badger = { presets: ['badger'] };

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** Until 2.15 Jaeger opens every backend that is configured. */
const [jaeger] = await jaegers();
const eager = jaeger && jaeger.minor < 15 ? ` (skipped: ${jaeger.name} opens all backends)` : '';

const missing = await whyNot('collector', 'jaeger', 'telemetrygen');

describe.skipIf(missing)(`when something goes wrong${missing}`, () => {
  const up = stackForEach();

  test('Badger has all spans after a restart of Jaeger', async () => {
    const stack = await up(badger);
    const kept = { service: 'kept', traces: 100, childSpans: 4 };
    await send(stack, kept);
    await expectAll(stack, kept);
    await stack.endJaeger('SIGTERM');
    await stack.startJaeger();
    expect(await stack.jaeger.countSpans(kept.service)).toBe(spanCount(kept));
  });

  test('nothing is lost when Jaeger is killed and away for 10 seconds', async () => {
    const stack = await up(badger);
    const outage = { service: 'outage', traces: 1200, childSpans: 4, rate: 300 };
    const sent = send(stack, outage);
    sent.catch(() => {}); // judged below, when it is awaited
    // What Jaeger has acknowledged it must have stored, so this is the moment to kill it.
    const acknowledged = () => stack.collectorMetric('otelcol_exporter_sent_spans');
    await expect.poll(acknowledged, { timeout: 30_000 }).toBeGreaterThan(1000);
    await stack.endJaeger('SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 10_000)); // the outage itself
    await stack.startJaeger();
    expect(await stack.jaeger.countSpans(outage.service)).toBeLessThan(spanCount(outage));
    await sent;
    await expectAll(stack, outage);
  });

  // Badger takes no key of more than 65,000 bytes, and makes one of each attribute. Jaeger calls that error one
  // that may pass, so such a batch would be sent again and again, and ten of them are all that is sent at once.
  test('attributes too large for Badger are cut, and hold up nothing', async () => {
    const stack = await up(badger);
    const attributes = { payload: 'x'.repeat(70_000) };
    for (const level of ['attributes', 'resourceAttributes']) {
      for (let batch = 0; batch < 10; batch++) {
        await send(stack, { service: `large-${level}`, traces: 4, childSpans: 1, [level]: attributes });
      }
    }
    const usual = { service: 'usual', traces: 10, childSpans: 4 };
    await send(stack, usual);
    await expectAll(stack, usual);
    await expectAll(stack, { service: 'large-attributes', traces: 40, childSpans: 1 });
    await expectAll(stack, { service: 'large-resourceAttributes', traces: 40, childSpans: 1 });
  });

  test('a name too large for Badger is cut between two characters', async () => {
    const stack = await up(badger);
    const [service, start] = ['long-name', Date.now()];
    const [traceId, spanId] = [randomBytes(16), randomBytes(8)];
    const message = encodeSpan({ traceId, spanId, service, name: 'ä'.repeat(40_000), start, end: start + 1 });
    const { code } = await call({ address: stack.endpoint, path: EXPORT, message, timeoutMs: 10_000 });
    expect(code).toBe(0);
    await expectAll(stack, { service, traces: 1, childSpans: 0 });
    const [stored] = (await stack.jaeger.stored(service)).result.resourceSpans;
    expect(stored?.scopeSpans[0]?.spans?.[0]).toHaveProperty('name', 'ä'.repeat(512));
  });

  test.skipIf(eager)(`Badger is not opened when a later preset has replaced it${eager}`, async () => {
    const stack = await up({ presets: ['badger', 'memory'] });
    const usual = { service: 'usual', traces: 10, childSpans: 4 };
    await send(stack, usual);
    await expectAll(stack, usual);
    expect(stack.logs()).not.toContain('badger');
  });
});
