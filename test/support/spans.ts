/** A known number of spans, as telemetrygen makes them. */
export interface SpanLoad {
  service: string;
  traces: number;
  /** A trace is a root with this many children, at least one. */
  childSpans: number;
  /** Spans in a second; without it as fast as it goes. */
  rate?: number;
  /** Spans in a request. */
  batchSize?: number;
  /** Attributes of each span. */
  attributes?: Record<string, string>;
  /** Attributes of the resource that they come from. */
  resourceAttributes?: Record<string, string>;
  /** Status of each child. */
  status?: 'Unset' | 'Error' | 'Ok';
  /** How long a span takes, as a Go duration. */
  duration?: string;
  /** Seconds for which a request is tried again and again, at most 60; an SDK gives up after 10. */
  patience?: number;
}

/** Without this, a sender that is faster than its exporter drops spans before they are sent. */
export const SENDER_ENV = { OTEL_BSP_MAX_QUEUE_SIZE: '200000' };

/** Environment of a sender. */
export function senderEnv({ patience }: SpanLoad): Record<string, string> {
  if (patience === undefined) return SENDER_ENV;
  return { ...SENDER_ENV, OTEL_BSP_EXPORT_TIMEOUT: `${patience * 1000}` };
}

/** How many spans a load is. */
export const spanCount = ({ traces, childSpans }: SpanLoad) => traces * (1 + childSpans);

/**
 * Arguments for telemetrygen.
 * @param endpoint host and port of an OTLP gRPC receiver
 */
export function sendSpans(endpoint: string, load: SpanLoad): string[] {
  const { service, traces, childSpans, rate = 0, batchSize = 100, attributes, resourceAttributes } = load;
  const { status, duration, patience } = load;
  return [
    ...target('traces', endpoint, service),
    `--traces=${traces}`,
    `--child-spans=${childSpans}`,
    `--rate=${rate}`,
    `--batch-size=${batchSize}`,
    ...(status === undefined ? [] : [`--status-code=${status}`]),
    ...(patience === undefined ? [] : [`--timeout=${patience}s`]),
    ...(duration === undefined ? [] : [`--span-duration=${duration}`]),
    ...attributeArgs('telemetry-attributes', attributes),
    ...attributeArgs('otlp-attributes', resourceAttributes),
  ];
}

/** Arguments for telemetrygen that send spans until it is ended. */
export function sendSpansForever(endpoint: string, service: string): string[] {
  return [...target('traces', endpoint, service), '--duration=inf', '--rate=5'];
}

/** Arguments for telemetrygen that send a number of metric data points, each of the same gauge `gen`. */
export function sendMetrics(endpoint: string, service: string, points: number): string[] {
  return [...target('metrics', endpoint, service), `--metrics=${points}`, '--rate=0'];
}

function attributeArgs(flag: string, attributes: Record<string, string> = {}): string[] {
  return Object.entries(attributes).map(([name, value]) => `--${flag}=${name}="${value}"`);
}

function target(signal: string, endpoint: string, service: string): string[] {
  return [signal, '--otlp-insecure', `--otlp-endpoint=${endpoint}`, `--service=${service}`];
}
