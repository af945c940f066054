import type { GrpcStatus, UnaryCall } from './grpc.ts';

/** A hop of the path that broke, as the sentence that says so. */
export class BrokenHop extends Error {
  override readonly name = 'BrokenHop';
}

/** How to send a span, and how long to try. */
export interface Sending {
  /** Where to: `HOST:PORT`. */
  readonly address: string;
  readonly message: Uint8Array;
  readonly until: number;
  now(): number;
  wait(ms: number): Promise<void>;
  call(call: UnaryCall): Promise<GrpcStatus>;
}

const EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const POLL_MS = 1_000;

/** How long one question may take. */
export const CALL_MS = 5_000;

const RESOURCE_EXHAUSTED = 8;
const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;

/** What a server answers while it starts or is short of memory. */
const TRANSIENT = [RESOURCE_EXHAUSTED, UNAVAILABLE];

/** Sends a span until it is taken. @returns nothing, or why it was not */
export async function sendSpan(sending: Sending): Promise<GrpcStatus | Error | undefined> {
  const { address, message } = sending;
  for (;;) {
    const answer = await sending
      .call({ address, path: EXPORT, message, timeoutMs: CALL_MS })
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (!(answer instanceof Error) && answer.code === 0) return undefined;
    const lasting = !(answer instanceof Error) && !TRANSIENT.includes(answer.code);
    if (lasting || sending.now() + POLL_MS > sending.until) return answer;
    await sending.wait(POLL_MS);
  }
}

/** The first hop: Spacelift's own way to the collector. */
export function collectorFault(collector: string, answer: GrpcStatus | Error): BrokenHop {
  if (answer instanceof Error) {
    return new BrokenHop(
      `The collector is not reachable at ${collector} (${reasonOf(answer)}); ${whyUnreachable(answer, collector)}.`,
    );
  }
  const why = `grpc-status ${answer.code}: ${answer.message.replaceAll(/\s+/g, ' ')}`;
  return new BrokenHop(`The collector at ${collector} refused the span (${why}); ${whyRefused(answer)}.`);
}

/** What an address that does not answer means, and where to look. */
export function whyUnreachable(error: unknown, address: string): string {
  const [host] = address.split(':');
  switch (reasonOf(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name does not resolve: look at the Service (kubectl get service ${host}), and at the cluster's DNS`;
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
      return 'look at its pods and its Service (kubectl get pods,endpointslices): none of them listens there';
    default:
      return 'look at its pods and its Service (kubectl get pods,endpointslices), and for a NetworkPolicy between them and this pod';
  }
}

function whyRefused({ code }: GrpcStatus): string {
  if (TRANSIENT.includes(code)) {
    return 'its memory limiter or its queue is full: look at its log, and at otelcol.resources.limits.memory';
  }
  if (code === UNIMPLEMENTED) return 'no receiver of OTLP traces listens there: look at its pipelines';
  return 'look at its log';
}

/** The system's word for what went wrong with a connection, as far down as it is. */
export function reasonOf(error: unknown): string {
  const { code, cause, message } = error as { code?: string; cause?: unknown; message?: string };
  if (typeof cause === 'object' && cause !== null) return reasonOf(cause);
  return code ?? message ?? String(error);
}
