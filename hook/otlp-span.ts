/** A span as far as a test of the path needs one. */
export interface TestSpan {
  /** 16 bytes. */
  readonly traceId: Uint8Array;
  /** 8 bytes. */
  readonly spanId: Uint8Array;
  readonly service: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
}

/** Wire types of Protocol Buffers (protobuf.dev, "Encoding"). */
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

/**
 * Encodes an ExportTraceServiceRequest of one span. By hand, since it is one message of nine fields and the
 * library that knows them all is fifty times as long as this; numbers of the fields are those of
 * opentelemetry-proto 1.x, `collector/trace/v1/trace_service.proto` and `trace/v1/trace.proto`, which may
 * never change.
 */
export function encodeSpan({ traceId, spanId, service, name, start, end }: TestSpan): Uint8Array {
  const serviceName = message(field(1, 'service.name'), field(2, message(field(1, service))));
  const span = message(
    field(1, traceId),
    field(2, spanId),
    field(5, name),
    nanoseconds(7, start),
    nanoseconds(8, end),
  );
  const resource = message(field(1, serviceName));
  const scopeSpans = message(field(1, message(field(1, service))), field(2, span));
  const resourceSpans = message(field(1, resource), field(2, scopeSpans));
  return message(field(1, resourceSpans));
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

function field(number: number, content: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(content);
  return Buffer.concat([varint((number << 3) | LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

function nanoseconds(number: number, ms: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(ms) * 1_000_000n);
  return Buffer.concat([varint((number << 3) | FIXED64), bytes]);
}

/** Seven bits a byte, the lowest first; all but the last with the highest bit set. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}
