import { once } from 'node:events';
import { createServer, type Http2Server } from 'node:http2';
import { afterEach, describe, expect, test } from 'vitest';
import { call } from '../../hook/grpc.ts';
import { encodeSpan } from '../../hook/otlp-span.ts';
import { loginOf, type Path, verify } from '../../hook/verify-run.ts';

/** Reads a message of Protocol Buffers without knowing it: fields by their numbers. */
function decode(bytes: Buffer): Record<number, (Buffer | bigint)[]> {
  const fields: Record<number, (Buffer | bigint)[]> = {};
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const length = (key & 7) === 1 ? 8 : varint();
    const content = bytes.subarray(at, at + length);
    at += length;
    fields[key >> 3] ??= [];
    fields[key >> 3]?.push((key & 7) === 1 ? content.readBigUInt64LE() : content);
  }
  return fields;
}

const only = (fields: Record<number, (Buffer | bigint)[]>, ...path: number[]): Buffer =>
  path.reduce<Buffer>(
    (bytes, number) => (bytes.length === 0 ? bytes : (decode(bytes)[number]?.[0] as Buffer)),
    fields[path.shift() ?? 0]?.[0] as Buffer,
  );

describe('the span', () => {
  const span = {
    traceId: Buffer.alloc(16, 0xab),
    spanId: Buffer.alloc(8, 0xcd),
    service: 'x'.repeat(200), // more than one byte of length
    name: 'helm test',
    start: 1_795_000_000_000,
    end: 1_795_000_000_001,
  };

  test('is encoded as the fields of opentelemetry-proto', () => {
    const request = decode(Buffer.from(encodeSpan(span)));
    const attribute = decode(only(request, 1, 1, 1));
    expect(String(attribute[1])).toBe('service.name');
    expect(String(only(attribute, 2, 1))).toBe(span.service);
    const encoded = decode(only(request, 1, 2, 2));
    expect(encoded[1]).toEqual([span.traceId]);
    expect(encoded[2]).toEqual([span.spanId]);
    expect(String(encoded[5])).toBe('helm test');
    expect([encoded[7], encoded[8]]).toEqual([[1_795_000_000_000_000_000n], [1_795_000_000_001_000_000n]]);
  });
});

describe('verify', () => {
  let server: Http2Server | undefined;
  afterEach(() => server?.close());
  const received: Buffer[] = [];

  /** A collector that answers with these gRPC statuses, one call after the other and the last for ever. */
  async function collector(...statuses: { code: number; message?: string }[]): Promise<string> {
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
  const jaeger = (...answers: (number | Error)[]): Path['fetch'] => {
    return async (url) => {
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 404;
      if (answer instanceof Error) throw answer;
      return {
        status: answer,
        text: async () => (answer === 200 ? `{"traceId":"${url.split('/').at(-1)}"}` : '{}'),
      };
    };
  };

  async function run(address: string, fetch: Path['fetch'], login?: string) {
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
    });
    return { ...ending, log };
  }

  test('finds the span by its id, after a while', async () => {
    const { code, sentence } = await run(
      await collector({ code: 14 }, { code: 0 }),
      jaeger(404, new Error('x'), 200),
    );
    expect(code).toBe(0);
    expect(sentence).toMatch(
      /^Spans arrive: trace (07){16} went in .* and was found in Jaeger at .* after 3\.0 seconds\.$/,
    );
    const frame = received.at(-1) ?? Buffer.alloc(0);
    expect([frame[0], frame.readUInt32BE(1)]).toEqual([0, frame.length - 5]);
    expect(frame.toString('latin1')).toContain('spacelift-telemetry-test');
  });

  test('names a collector that is not reachable', async () => {
    const address = await collector({ code: 0 });
    server?.close();
    const { code, sentence } = await run(address, jaeger(200));
    expect(code).toBe(1);
    expect(sentence).toMatch(
      /^The collector is not reachable at 127\.0\.0\.1:\d+ \(ECONNREFUSED\); look at its pods/,
    );
  });

  test('names a collector that refuses, with its words', async () => {
    const { sentence } = await run(await collector({ code: 16, message: 'no token\nat all' }), jaeger(200));
    expect(sentence).toMatch(/refused the span \(grpc-status 16: no token at all\); look at its log\.$/);
  });

  test('names a collector that stays short of memory', async () => {
    const { sentence } = await run(await collector({ code: 8, message: 'data refused' }), jaeger(200));
    expect(sentence).toContain('refused the span (grpc-status 8: data refused)');
  });

  test('logs in where somebody gave a login, and says what is to be done where it takes one', async () => {
    const login = loginOf('alice', 'correct horse\n');
    expect(login).toBe('Basic YWxpY2U6Y29ycmVjdCBob3JzZQ==');
    expect([loginOf('', 'x'), loginOf('alice', undefined)]).toEqual([undefined, undefined]);
    const locked: Path['fetch'] = async (url, init) =>
      init.headers['authorization'] === login
        ? jaeger(200)(url, init)
        : { status: 401, text: async () => '' };
    const address = await collector({ code: 0 });
    expect(await run(address, locked, login)).toMatchObject({ code: 0 });
    const [without, wrong] = [await run(address, locked), await run(address, locked, 'Basic x')];
    expect([without.code, wrong.code]).toEqual([1, 1]);
    expect(without.sentence).toContain('asks for a login, so whether it has the span is not known');
    expect(without.sentence).toContain('add the keys `username` and `password`, and test again.');
    expect(wrong.sentence).toContain('refuses the login');
  });

  test("names Jaeger's API when that does not answer", async () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const address = await collector({ code: 0 });
    const { sentence } = await run(address, jaeger(new TypeError('fetch failed', { cause })));
    expect(sentence).toMatch(/^Jaeger's API is not reachable at http:\/\/jaeger:16686 \(ECONNREFUSED\)/);
    expect((await run(address, jaeger(503))).sentence).toContain('(HTTP 503)');
  });

  test('names the way between them when the span does not arrive', async () => {
    const { code, sentence } = await run(await collector({ code: 0 }), jaeger(404));
    expect(code).toBe(1);
    expect(sentence).toMatch(
      /accepted the span, but Jaeger at .* does not have it after 60 seconds \(trace (07){16}\); look at the collector's log for otlp_grpc\/jaeger/,
    );
  });
});
