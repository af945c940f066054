import type { GrpcStatus, UnaryCall } from './grpc.ts';
import { encodeSpan } from './otlp-span.ts';
import type { Clock, Ending } from './world.ts';

/** The two ends of the path, and how they are reached. */
export interface Path extends Clock {
  /** `HOST:PORT` of the collector. */
  readonly collector: string;
  /** URL of Jaeger's query, without the API's own path. */
  readonly jaeger: string;
  /** The header `Authorization` for it; nothing where nobody gave a login. */
  readonly login?: string | undefined;
  call(call: UnaryCall): Promise<GrpcStatus>;
  fetch(
    url: string,
    init: { signal: AbortSignal; headers: Record<string, string> },
  ): Promise<Pick<Response, 'status' | 'text'>>;
  bytes(count: number): Uint8Array;
  say(line: string): void;
}

/** A hop that broke, as the sentence that says so. */
class BrokenHop extends Error {
  override readonly name = 'BrokenHop';
}

/** Service of the test's spans, to tell them from Spacelift's. */
export const SERVICE = 'spacelift-telemetry-test';

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const POLL_MS = 1_000;
const CALL_MS = 5_000;

/** What the collector answers while it starts or is short of memory: UNAVAILABLE and RESOURCE_EXHAUSTED. */
const TRANSIENT = [14, 8];

/** Sends a span in where Spacelift sends, and looks for it in Jaeger; the ending names the hop that broke. */
export async function verify(path: Path): Promise<Ending> {
  const traceId = Buffer.from(path.bytes(16)).toString('hex');
  const begun = path.now();
  try {
    await send(path, traceId, begun + (path.deadline - begun) / 2);
    path.say(
      `The collector at ${path.collector} accepted a span of the service ${SERVICE}, trace ${traceId}.`,
    );
    await find(path, traceId);
    const took = ((path.now() - begun) / 1000).toFixed(1);
    const sentence = `Spans arrive: trace ${traceId} went in at the collector ${path.collector} and was found in Jaeger at ${path.jaeger} after ${took} seconds.`;
    return { code: 0, sentence };
  } catch (error) {
    if (error instanceof BrokenHop) return { code: 1, sentence: error.message };
    throw error;
  }
}

async function send(path: Path, traceId: string, until: number): Promise<void> {
  const { collector } = path;
  const now = path.now();
  const span = { spanId: path.bytes(8), service: SERVICE, name: 'helm test', start: now - 1, end: now };
  const message = encodeSpan({ ...span, traceId: Buffer.from(traceId, 'hex') });
  for (;;) {
    const answer = await path
      .call({ address: collector, path: EXPORT, message, timeoutMs: CALL_MS })
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (!(answer instanceof Error) && answer.code === 0) return;
    const lasting = !(answer instanceof Error) && !TRANSIENT.includes(answer.code);
    if (lasting || path.now() + POLL_MS > until) throw collectorFault(collector, answer);
    await path.wait(POLL_MS);
  }
}

function collectorFault(collector: string, answer: GrpcStatus | Error): BrokenHop {
  if (answer instanceof Error) {
    const look = 'look at its pods and its Service (kubectl get pods,endpointslices)';
    return new BrokenHop(`The collector is not reachable at ${collector} (${reasonOf(answer)}); ${look}.`);
  }
  const why = `grpc-status ${answer.code}: ${answer.message.replaceAll(/\s+/g, ' ')}`;
  return new BrokenHop(`The collector at ${collector} refused the span (${why}); look at its log.`);
}

async function find(path: Path, traceId: string): Promise<void> {
  const { jaeger, collector } = path;
  const begun = path.now();
  for (;;) {
    const answer = await ask(path, traceId);
    if (answer === 'found') return;
    if (answer === 'HTTP 401') throw loginFault(path);
    if (path.now() + POLL_MS <= path.deadline) {
      await path.wait(POLL_MS);
      continue;
    }
    if (answer === 'not there') {
      const seconds = Math.round((path.now() - begun) / 1000);
      throw new BrokenHop(
        `The collector at ${collector} accepted the span, but Jaeger at ${jaeger} does not have it after ${seconds} seconds (trace ${traceId}); look at the collector's log for otlp_grpc/jaeger, and at Jaeger's for its storage.`,
      );
    }
    throw new BrokenHop(
      `Jaeger's API is not reachable at ${jaeger} (${answer}); the collector accepted the span; look at Jaeger's pod and its Service.`,
    );
  }
}

/** It will not pass: neither the Secret nor the pod's environment changes while the test runs. */
function loginFault({ jaeger, login }: Path): BrokenHop {
  const [why, what] = login
    ? ['refuses the login', 'make `username` and `password` one that `htpasswd` knows']
    : ['asks for a login', 'add the keys `username` and `password`'];
  return new BrokenHop(
    `Jaeger at ${jaeger} ${why}, so whether it has the span is not known; the collector accepted it. In the Secret spacelift-telemetry-jaeger ${what}, and test again.`,
  );
}

/** The header `Authorization` of RFC 7617, or nothing where a half of the login misses. */
export function loginOf(user: string | undefined, password: string | undefined): string | undefined {
  if (!user || !password) return undefined;
  return `Basic ${Buffer.from(`${user}:${password.replace(/\r?\n$/, '')}`).toString('base64')}`;
}

/** @returns `found`, `not there`, or why Jaeger did not say */
async function ask(path: Path, traceId: string): Promise<string> {
  const headers: Record<string, string> = path.login ? { authorization: path.login } : {};
  const url = `${path.jaeger}/api/v3/traces/${traceId}`;
  try {
    const answer = await path.fetch(url, { signal: AbortSignal.timeout(CALL_MS), headers });
    if (answer.status === 404) return 'not there';
    if (answer.status !== 200) return `HTTP ${answer.status}`;
    return (await answer.text()).includes(traceId) ? 'found' : 'not there';
  } catch (error) {
    return reasonOf(error);
  }
}

/** The system's word for what went wrong with a connection, as far down as it is. */
function reasonOf(error: unknown): string {
  const { code, cause, message } = error as { code?: string; cause?: unknown; message?: string };
  if (typeof cause === 'object' && cause !== null) return reasonOf(cause);
  return code ?? message ?? String(error);
}
