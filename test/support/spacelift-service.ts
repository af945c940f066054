/**
 * One of Spacelift's services, as far as telemetry goes: it reads its settings once, at its start, and sends a span
 * each second where they say so. A pod runs it in Node; its argument is the service's name.
 */
import { randomBytes } from 'node:crypto';
import { call } from '../../hook/grpc.ts';
import { encodeSpan } from '../../hook/otlp-span.ts';

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

const service = process.argv[2] ?? 'spacelift-server';
const { OBSERVABILITY_VENDOR: vendor, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = process.env;
const sends = vendor === 'OpenTelemetry' && endpoint;

async function send(address: string): Promise<void> {
  const end = Date.now();
  const ids = { traceId: randomBytes(16), spanId: randomBytes(8) };
  const message = encodeSpan({ ...ids, service, name: 'work', start: end - 1, end });
  const { code } = await call({ address, path: EXPORT, message, timeoutMs: 5_000 });
  if (code !== 0) console.log(`grpc-status ${code}`);
}

process.once('SIGTERM', () => process.exit(0));
console.log(`${service} starts with vendor ${vendor}, endpoint ${endpoint}`);
setInterval(() => {
  if (sends) send(new URL(endpoint).host).catch((error: unknown) => console.log(String(error)));
}, 1_000);
