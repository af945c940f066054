import type { GrpcStatus, UnaryCall } from './grpc.ts';
import { BrokenHop, collectorFault, sendSpan } from './hops.ts';
import { askForTrace, type JaegerApi, seenServices } from './jaeger-api.ts';
import { encodeSpan } from './otlp-span.ts';
import type { Clock, Ending } from './world.ts';

/** The two ends of the path, and how they are reached. */
export interface Path extends Clock, JaegerApi {
  /** `HOST:PORT` of the collector. */
  readonly collector: string;
  /** `HOST:PORT` where Jaeger takes spans; nothing where it gets them in another way. */
  readonly jaegerOtlp?: string | undefined;
  call(call: UnaryCall): Promise<GrpcStatus>;
  bytes(count: number): Uint8Array;
  say(line: string): void;
}

/** Service of the test's spans, to tell them from Spacelift's. */
export const SERVICE = 'spacelift-telemetry-test';

/** Services of Jaeger's own. */
const JAEGER_SERVICES = /^jaeger(-|$)/;
const POLL_MS = 1_000;

/** Time that is kept to tell which of the last hops broke. */
const BISECT_MS = 15_000;

/** Sends a span in where Spacelift sends, and looks for it in Jaeger; the ending names the hop that broke. */
export async function verify(path: Path): Promise<Ending> {
  const { collector } = path;
  const begun = path.now();
  try {
    const span = newSpan(path);
    const refused = await sendSpan({
      ...path,
      address: collector,
      message: span.message,
      until: begun + (path.deadline - begun) / 2,
    });
    if (refused) throw collectorFault(collector, refused);
    path.say(
      `The collector at ${collector} accepted a span of the service ${SERVICE}, trace ${span.traceId}.`,
    );
    await find(path, span.traceId);
    const took = ((path.now() - begun) / 1000).toFixed(1);
    const arrived = `Spans arrive: trace ${span.traceId} went in at the collector ${collector} and was found in Jaeger at ${path.jaeger} after ${took} seconds`;
    return { code: 0, sentence: `${arrived}; ${await seen(path)}.` };
  } catch (error) {
    if (error instanceof BrokenHop) return { code: 1, sentence: error.message };
    throw error;
  }
}

function newSpan(path: Path): { traceId: string; message: Uint8Array } {
  const traceId = path.bytes(16);
  const now = path.now();
  const span = { spanId: path.bytes(8), service: SERVICE, name: 'helm test', start: now - 1, end: now };
  return { traceId: Buffer.from(traceId).toString('hex'), message: encodeSpan({ ...span, traceId }) };
}

/** Looks for the trace of a span that the collector has taken. */
async function find(path: Path, traceId: string): Promise<void> {
  const { jaeger, collector } = path;
  const begun = path.now();
  const answer = await lookUntil(path, traceId, path.deadline - BISECT_MS);
  if (answer === 'found') return;
  if (answer === 'HTTP 401') throw loginFault(path);
  if (answer !== 'not there') {
    throw new BrokenHop(
      `Jaeger's API is not reachable at ${jaeger} (${answer}); the collector accepted the span; look at Jaeger's pod and its Service.`,
    );
  }
  const seconds = Math.round((path.now() - begun) / 1000);
  const lost = `The collector at ${collector} accepted the span, but Jaeger at ${jaeger} does not have it after ${seconds} seconds (trace ${traceId})`;
  throw new BrokenHop(`${lost}; ${await bisect(path)}.`);
}

/** Tells the queue from the storage: a span that goes to Jaeger directly leaves the collector out. */
async function bisect(path: Path): Promise<string> {
  const collectorLog = "look at the collector's log for otlp_grpc/jaeger, where spans queue";
  const jaegerLog = "look at Jaeger's log for its storage";
  const { jaegerOtlp: address } = path;
  if (address === undefined) return `${collectorLog}, and ${jaegerLog}`;
  const { message, traceId } = newSpan(path);
  const refused = await sendSpan({ ...path, address, message, until: path.now() });
  if (refused instanceof Error) return `${collectorLog}, and ${jaegerLog}`;
  if (refused) {
    return `Jaeger refuses spans at ${address} (grpc-status ${refused.code}), also those that go there directly: ${jaegerLog}`;
  }
  const answer = await lookUntil(path, traceId, path.deadline);
  return answer === 'found'
    ? `one that went to Jaeger directly is there, so it stays in the collector: ${collectorLog}`
    : `one that went to Jaeger directly was accepted and is not there either, so it is lost behind Jaeger: ${jaegerLog}`;
}

async function lookUntil(path: Path, traceId: string, until: number): Promise<string> {
  for (;;) {
    const answer = await askForTrace(path, traceId);
    if (answer === 'found' || answer === 'HTTP 401' || path.now() + POLL_MS > until) return answer;
    await path.wait(POLL_MS);
  }
}

/** Whether Spacelift itself has been heard of; a part of a sentence. */
async function seen(path: Path): Promise<string> {
  const services = await seenServices(path);
  if (services === undefined) return 'which services it has seen, it did not say';
  const theirs = services.filter((name) => name !== SERVICE && !JAEGER_SERVICES.test(name)).sort();
  return theirs.length > 0
    ? `services that it has seen: ${theirs.join(', ')}`
    : 'it has seen no service of Spacelift yet';
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
