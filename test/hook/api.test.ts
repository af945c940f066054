import type { Server } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { ApiCall, FakeApi, Fault } from './fake-api.ts';
import { httpServer } from './fake-fetch.ts';
import { connected, once, restartsOf, runConnect, runDisconnect, settings, spacelift } from './stage.ts';

const THIRTY_SECONDS = 30_000;

const isSecretWrite = ({ verb, kind, patch }: ApiCall) =>
  verb === 'patch' && kind === 'Secret' && patch === 'merge';

/** The fault for the first calls that fit. */
function first(count: number, fault: Fault, fits: (call: ApiCall) => boolean = () => true) {
  let left = count;
  return (call: ApiCall) => (fits(call) && left-- > 0 ? fault : undefined);
}

async function expectConnected(api: FakeApi) {
  expect((await runConnect(api)).code).toBe(0);
  expect(api.values()).toMatchObject(connected);
  expect(restartsOf(api)).toEqual(once);
}

describe('the API server', () => {
  test.each([500, 502, 503, 504])('that answers %i a few times is asked again', async (status) => {
    const api = spacelift();
    api.fault = first(5, { status });
    await expectConnected(api);
  });

  test('that throttles is asked again when it said', async () => {
    const api = spacelift();
    api.fault = first(1, { status: 429, headers: { 'retry-after': '20' } });
    const began = api.now;
    await expectConnected(api);
    expect(api.now - began).toBeGreaterThanOrEqual(20_000);
    expect(api.now - began).toBeLessThan(25_000);
  });

  test('that is away for 30 seconds is waited for, with growing pauses', async () => {
    const api = spacelift();
    const until = api.now + THIRTY_SECONDS;
    api.fault = () => (api.now < until ? 'drop' : undefined);
    await expectConnected(api);
    expect(api.calls.length).toBeLessThan(60);
  });

  test.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED'])(
    'whose certificate is not trusted (%s) ends the run at once, with a sentence',
    async (code) => {
      const api = spacelift();
      const began = api.now;
      let calls = 0;
      const untrusting: typeof fetch = async () => {
        calls++;
        throw new TypeError('fetch failed', { cause: { code } });
      };
      const ending = await runConnect(api, 'install', settings, { fetch: untrusting });
      expect([ending.code, api.now - began]).toEqual([1, 0]);
      expect(ending.sentence).toMatch(
        new RegExp(`^Not connected: the certificate of the API server is not trusted \\(${code}\\): `),
      );
      // The first read, and one try to leave an Event in each of the two namespaces.
      expect(calls).toBe(3);
    },
  );

  test.each([
    ['connect', runConnect, 'Not connected: the API server did not answer "get" of'],
    ['disconnect', runDisconnect, 'Not disconnected: the API server did not answer "get" of'],
  ] as const)('that stays away ends %s in time, with a sentence', async (_, run, sentence) => {
    const api = spacelift();
    api.fault = () => 'drop';
    const began = api.now;
    const ending = await run(api);
    expect(ending.sentence).toContain(sentence);
    expect(ending.sentence).toContain('within 240 seconds (ECONNRESET)');
    expect(api.now - began).toBeLessThanOrEqual(240_000);
    expect(ending.code).toBe(run === runConnect ? 1 : 0);
  });

  test('that does not know us is named', async () => {
    const api = spacelift();
    api.fault = () => ({ status: 401 });
    expect((await runConnect(api)).sentence).toContain(
      "does not accept the token of the hook's ServiceAccount",
    );
  });

  test('that fails any calls in any way gets each restart once', async () => {
    const fault = fc.constantFrom<Fault>(undefined, 'drop', 'drop after', { status: 503 }, { status: 409 });
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 60 }), async (faults) => {
        const api = spacelift();
        const left = [...faults];
        // More conflicts in a row than any controller makes are a war, which is given up.
        api.fault = ({ verb }) => {
          const next = left.shift();
          return typeof next === 'object' && next.status === 409 && verb !== 'patch' ? undefined : next;
        };
        const { code } = await runConnect(api);
        api.fault = () => undefined;
        if (code !== 0) await runConnect(api, 'upgrade');
        expect(api.values()).toMatchObject(connected);
        expect(restartsOf(api)).toEqual(once);
        expect(api.object('Secret', 'spacelift-shared').metadata.managedFields).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('somebody else who writes at the same time', () => {
  test('is read again, and keeps what was written', async () => {
    const api = spacelift();
    let done = false;
    api.fault = (call) => {
      if (isSecretWrite(call) && !done) {
        done = true;
        api.set('spacelift-shared', { LICENSE_TOKEN: 'renewed' });
      }
      return undefined;
    };
    await expectConnected(api);
    expect(api.values()['LICENSE_TOKEN']).toBe('renewed');
  });

  test('without end is left to it, with a sentence and Spacelift as it was', async () => {
    const api = spacelift();
    let version = 0;
    api.fault = (call) => {
      if (isSecretWrite(call)) api.set('spacelift-shared', { LICENSE_TOKEN: `${++version}` });
      return undefined;
    };
    const { code, sentence } = await runConnect(api);
    expect([code, restartsOf(api)]).toEqual([1, {}]);
    expect(sentence).toContain('the Secret spacelift-shared in namespace spacelift keeps being changed by');
    expect(version).toBeLessThan(20);
  });

  test('moves our entry among the owners of fields: that is found again, and no other removed', async () => {
    const api = spacelift();
    api.apply('spacelift-shared', { LICENSE_TOKEN: 'licence' }, 'terraform');
    let moved = false;
    api.fault = ({ patch }) => {
      const { metadata } = api.object('Secret', 'spacelift-shared');
      if (patch === 'json' && !moved) {
        moved = true;
        metadata.managedFields?.reverse();
      }
      return undefined;
    };
    await expectConnected(api);
    expect(moved).toBe(true);
    const managers = api.object('Secret', 'spacelift-shared').metadata.managedFields ?? [];
    expect(managers.map(({ manager }) => manager)).toEqual(['terraform']);
  });

  test("is its owner's server-side apply, before, between and after: never a conflict because of us", async () => {
    const api = spacelift({});
    const apply = () =>
      api.apply('spacelift-shared', { DATABASE_URL: 'postgres://', LICENSE_TOKEN: 'licence' });
    apply();
    await runConnect(api);
    apply();
    api.apply('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' }, 'helm');
    const { sentence } = await runConnect(api, 'reconcile');
    expect(sentence).toContain('is applied by "helm"');
    await runDisconnect(api);
    apply();
    api.apply('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' }, 'helm');
  });
});

describe('over a real connection', () => {
  let server: Server | undefined;
  afterEach(() => server?.close().closeAllConnections());

  test('connects through answers that are slow, and connections that drop', async () => {
    const api = spacelift();
    const started = await httpServer(api, (call) => (call % 7 === 3 ? 150 : 0));
    ({ server } = started);
    api.fault = first(3, 'drop after', isSecretWrite);
    const { code } = await runConnect(api, 'install', settings, { url: started.url, fetch, callMs: 75 });
    expect(code).toBe(0);
    expect(api.values()).toMatchObject(connected);
    expect(restartsOf(api)).toEqual(once);
  });

  test('says what it knows of a server that is not there', async () => {
    const api = spacelift();
    const started = await httpServer(api);
    started.server.close();
    const { sentence } = await runConnect(api, 'install', settings, { url: started.url, fetch });
    expect(sentence).toContain('(ECONNREFUSED)');
  });
});
