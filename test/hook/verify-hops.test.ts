import { describe, expect, test } from 'vitest';
import type { Path } from '../../hook/verify-run.ts';
import { collector, jaeger, run } from './verify-stage.ts';

describe('verify', () => {
  test.each([
    ['ENOTFOUND', /the name does not resolve: look at the Service \(kubectl get service collector\)/],
    ['ECONNREFUSED', /none of them listens there/],
    ['ETIMEDOUT', /a NetworkPolicy between them/],
  ])('tells what %s means', async (code, words) => {
    const broken: Path['call'] = async () => {
      throw Object.assign(new Error('x'), { code });
    };
    const { sentence } = await run('collector:4317', jaeger(200), undefined, { call: broken });
    expect(sentence).toMatch(words);
  });

  test.each([
    ['stays in the collector: look at the collector', { code: 0 }, true],
    ['lost behind Jaeger: look at Jaeger', { code: 0 }, false],
    ['(grpc-status 14), also those that go there directly: look at Jaeger', { code: 14, message: '' }, false],
  ])('tells the queue from the storage: %s', async (words, answer, stored) => {
    // Ids are drawn in turn: the first span's is lost, the second's goes to Jaeger directly.
    let drawn = 0;
    const ids = { bytes: (count: number) => Buffer.alloc(count, ++drawn) };
    const directly: Path['call'] = async ({ address }) =>
      address === 'jaeger:4317' ? { message: '', ...answer } : { code: 0, message: '' };
    const first = '01'.repeat(16);
    const fetch: Path['fetch'] = async (url) => ({
      status: 200,
      text: async () => (stored && !url.endsWith(first) ? url : '{}'),
    });
    const over = { ...ids, call: directly, jaegerOtlp: 'jaeger:4317' };
    const { code, sentence } = await run('collector:4317', fetch, undefined, over);
    expect([code, sentence]).toEqual([1, expect.stringContaining(words)]);
  });

  test('says which services of Spacelift have been seen', async () => {
    const address = await collector({ code: 0 });
    const seeing = (...services: string[]): Path['fetch'] => {
      return async (url) => ({
        status: 200,
        text: async () => (url.endsWith('/services') ? JSON.stringify({ services }) : url),
      });
    };
    const { sentence } = await run(address, seeing('server', 'spacelift-telemetry-test', 'jaeger', 'drain'));
    expect(sentence).toMatch(/; services that it has seen: drain, server\.$/);
    const none = await run(address, seeing('spacelift-telemetry-test', 'jaeger'));
    expect([none.code, none.sentence]).toEqual([0, expect.stringContaining('no service of Spacelift yet.')]);
  });
});
