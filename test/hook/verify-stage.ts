import { once } from 'node:events';
import { createServer, type Http2Server } from 'node:http2';
import { afterEach } from 'vitest';
import { call } from '../../hook/grpc.ts';
import { type Path, verify } from '../../hook/verify-run.ts';

let server: Http2Server | undefined;
/** Ends the collector of a test, at the end of it or before. */
export const closeCollector = () => server?.close();
afterEach(closeCollector);
/** What collectors were sent. */
export const received: Buffer[] = [];

/** A collector that answers with these gRPC statuses, one call after the other and the last for ever. */
export async function collector(...statuses: { code: number; message?: string }[]): Promise<string> {
  server = createServer();
  server.on('stream', async (stream) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    received.push(Buffer.concat(chunks));
    const { code, message = '' } = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? { code: 2 };
    const trailers = { 'grpc-status': String(code), 'grpc-message': encodeURIComponent(message) };
    const head = { ':status': 200, 'content-type': 'application/grpc' };
    if (code !== 0) return stream.respond({ ...head, ...trailers }, { endStream: true });
    stream.respond(head, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    return stream.end(Buffer.alloc(5));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** Jaeger's answers, one after the other and the last for ever. */
export const jaeger = (...answers: (number | Error)[]): Path['fetch'] => {
  return async (url) => {
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 404;
    if (answer instanceof Error) throw answer;
    return {
      status: answer,
      text: async () => (answer === 200 ? `{"traceId":"${url.split('/').at(-1)}"}` : '{}'),
    };
  };
};

/** Runs verify in a minute that passes at once. */
export async function run(address: string, fetch: Path['fetch'], login?: string, over: Partial<Path> = {}) {
  let now = 1_795_000_000_000;
  const log: string[] = [];
  const ending = await verify({
    collector: address,
    jaeger: 'http://jaeger:16686',
    login,
    deadline: now + 60_000,
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
    say: (line) => log.push(line),
    bytes: (count) => Buffer.alloc(count, 7),
    call,
    fetch,
    ...over,
  });
  return { ...ending, log };
}
