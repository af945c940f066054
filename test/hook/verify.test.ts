import { describe, expect, test } from 'vitest';
import { loginOf } from '../../hook/jaeger-api.ts';
import { encodeSpan } from '../../hook/otlp-span.ts';
import type { Path } from '../../hook/verify-run.ts';
import { closeCollector, collector, jaeger, received, run } from './verify-stage.ts';

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
  test('finds the span by its id, after a while', async () => {
    const { code, sentence } = await run(
      await collector({ code: 14 }, { code: 0 }),
      jaeger(404, new Error('x'), 200),
    );
    expect(code).toBe(0);
    expect(sentence).toMatch(
      /^Spans arrive: trace (07){16} went in .* and was found in Jaeger at .* after 3\.0 seconds; /,
    );
    const frame = received.at(-1) ?? Buffer.alloc(0);
    expect([frame[0], frame.readUInt32BE(1)]).toEqual([0, frame.length - 5]);
    expect(frame.toString('latin1')).toContain('spacelift-telemetry-test');
  });

  test('names a collector that is not reachable', async () => {
    const address = await collector({ code: 0 });
    closeCollector();
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
      /accepted the span, but Jaeger at .* does not have it after 45 seconds \(trace (07){16}\); look at the collector's log for otlp_grpc\/jaeger/,
    );
  });
});
