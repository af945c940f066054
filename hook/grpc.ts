import { connect, constants, type IncomingHttpHeaders } from 'node:http2';

/** A gRPC call of one message, without TLS. */
export interface UnaryCall {
  /** `HOST:PORT`. */
  readonly address: string;
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly message: Uint8Array;
  readonly timeoutMs: number;
}

/** How a call ended. */
export interface GrpcStatus {
  /** 0 is OK (grpc.github.io, "Status codes and their use in gRPC"). */
  readonly code: number;
  readonly message: string;
}

/**
 * Makes a call, without a word about its answer's content.
 *
 * @throws the connection's error when there is no answer, or none of gRPC's
 */
export function call({ address, path, message, timeoutMs }: UnaryCall): Promise<GrpcStatus> {
  return new Promise((resolve, reject) => {
    const session = connect(`http://${address}`);
    const timer = setTimeout(() => end(new Error(`no answer within ${timeoutMs / 1000} seconds`)), timeoutMs);
    let headers: IncomingHttpHeaders = {};
    const end = (error?: Error) => {
      clearTimeout(timer);
      session.destroy();
      const status = statusOf(headers);
      if (status !== undefined) resolve(status);
      else reject(error ?? new Error(`no answer of gRPC's (HTTP ${headers[':status'] ?? 'none'})`));
    };
    session.once('error', end);
    const stream = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    // An answer without content carries its status in the headers, any other in the trailers.
    stream.on('response', (received) => {
      headers = { ...headers, ...received };
    });
    stream.on('trailers', (received) => {
      headers = { ...headers, ...received };
    });
    stream.once('error', end);
    stream.once('close', () => end());
    stream.resume();
    stream.end(frame(message));
  });
}

/** A byte that says "not compressed", the length, the message (grpc/grpc, doc/PROTOCOL-HTTP2.md). */
function frame(message: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

function statusOf(headers: IncomingHttpHeaders): GrpcStatus | undefined {
  const code = headers['grpc-status'];
  if (code === undefined) return undefined;
  return { code: Number(code), message: unescapeMessage(String(headers['grpc-message'] ?? '')) };
}

/** The message is percent-encoded; one that is not is shown as it came. */
function unescapeMessage(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
