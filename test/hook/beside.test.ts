import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApiCall, FakeApi } from './fake-api.ts';
import { memoryFetch } from './fake-fetch.ts';
import { connected, once, restartsOf, runConnect, runDisconnect, settings, spacelift } from './stage.ts';

/**
 * Two fetches whose calls take turns: so many of the one, then so many of the other, until the turns are used
 * up or one of the two is done.
 */
function takingTurns(api: FakeApi, turns: readonly number[]) {
  const carryOut = memoryFetch(api);
  const left = [...turns];
  const done = [false, false];
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const go of woken) go();
  };
  const turnOf = (who: number) => (turns.length - left.length) % 2 === who;
  const fetchOf = (who: number): typeof fetch => {
    return async (input, init) => {
      while (left.length > 0 && !done[1 - who] && !turnOf(who)) {
        await new Promise<void>((go) => waiting.push(go));
      }
      if (left[0] !== undefined && turnOf(who) && --left[0] === 0) {
        left.shift();
        wake();
      }
      return carryOut(input, init);
    };
  };
  const end = (who: number) => {
    done[who] = true;
    wake();
  };
  return { fetchOf, end };
}

test.each([
  ['a connected Spacelift', async (api: FakeApi) => runConnect(api)],
  [
    'one that Terraform has reset',
    async (api: FakeApi) => {
      await runConnect(api);
      api.set('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' });
    },
  ],
  ['one that was never connected', async () => undefined],
])(
  'an uninstall wins over a connect that runs beside it, of %s, in whatever order their calls arrive',
  async (_, prepare) => {
    const run = fc.constantFrom('reconcile' as const, 'upgrade' as const);
    // An upgrade clears the tombstones that it finds; it has the first turn, so there is none yet.
    const turns = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(run, turns, async (which, lengths) => {
        const api = spacelift();
        await prepare(api);
        api.versions = { written: 0, started: new Map() };
        const before = spacelift().values();
        const { fetchOf, end } = takingTurns(api, lengths);
        const connect = runConnect(api, which, settings, { fetch: fetchOf(0) }).finally(() => end(0));
        const disconnect = runDisconnect(api, settings, { fetch: fetchOf(1) }).finally(() => end(1));
        await Promise.all([connect, disconnect]);
        expect(api.values()).toEqual(before);
        expect(Object.keys(api.notes())).toEqual(['disconnected']);
        const managers = api.object('Secret', 'spacelift-shared').metadata.managedFields ?? [];
        expect(managers.map(({ manager }) => manager)).not.toContain('spacelift-telemetry');
        for (const name of Object.keys(once)) expect(api.notes('Deployment', name)).toEqual({});
        const { written, started } = api.versions;
        expect([...started.values()].filter((version) => version > written)).toHaveLength(
          written > 0 ? 2 : 0,
        );
        expect((await runConnect(api, 'reconcile')).sentence).toMatch(/^Stopped/);
      }),
      { numRuns: 40 },
    );
  },
);

test('two connects beside each other restart each Deployment once', async () => {
  const turns = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(turns, async (lengths) => {
      const api = spacelift();
      const { fetchOf, end } = takingTurns(api, lengths);
      const first = runConnect(api, 'upgrade', settings, { fetch: fetchOf(0) }).finally(() => end(0));
      const second = runConnect(api, 'reconcile', settings, { fetch: fetchOf(1) }).finally(() => end(1));
      const endings = await Promise.all([first, second]);
      expect(endings.map(({ code }) => code)).toEqual([0, 0]);
      expect(api.values()).toMatchObject(connected);
      expect(restartsOf(api)).toEqual(once);
    }),
    { numRuns: 40 },
  );
});

/** Does something once, at the first call that fits, before the server sees that call. */
function atFirst(api: FakeApi, fits: (call: ApiCall) => boolean, act: () => void) {
  let done = false;
  api.fault = (call) => {
    if (!done && fits(call)) {
      done = true;
      act();
    }
    return undefined;
  };
}

const isRestart = ({ verb, kind, dryRun }: ApiCall) => verb === 'patch' && kind === 'Deployment' && !dryRun;

test('a tombstone that comes while a Deployment is written stops the run before that restart', async () => {
  const api = spacelift();
  atFirst(api, isRestart, () => {
    api.annotate('Secret', 'spacelift-shared', { 'spacelift-telemetry/disconnected': 'monitoring/st x' });
    api.annotate('Deployment', 'spacelift-drain', { other: 'writer' });
  });
  const { code, sentence } = await runConnect(api, 'upgrade');
  expect([code, sentence]).toEqual([0, expect.stringMatching(/^Stopped: /)]);
  expect(restartsOf(api)).toEqual({});
});

test('a tombstone that comes between two restarts stops the run before the second', async () => {
  const api = spacelift();
  const isServer = (call: ApiCall) => call.name === 'spacelift-server' && api.restarts.size === 1;
  atFirst(api, isServer, () =>
    api.annotate('Secret', 'spacelift-shared', { 'spacelift-telemetry/disconnected': 'monitoring/st x' }),
  );
  expect((await runConnect(api, 'upgrade')).sentence).toMatch(/^Stopped: /);
  expect(restartsOf(api)).toEqual({ 'spacelift-drain': 1 });
});

test('a marker that somebody has written since is the one that Deployments are restarted for', async () => {
  const api = spacelift();
  const isCheck = ({ kind, verb, metadataOnly }: ApiCall) =>
    kind === 'Secret' && verb === 'get' && metadataOnly;
  const restarting = (call: ApiCall) => isCheck(call) && api.calls.at(-2)?.kind === 'Deployment';
  atFirst(api, restarting, () =>
    api.annotate('Secret', 'spacelift-shared', { 'spacelift-telemetry/marker': 'newer' }),
  );
  expect((await runConnect(api)).code).toBe(0);
  expect(restartsOf(api)).toEqual(once);
  expect(api.notes('Deployment', 'spacelift-drain')).toEqual({ marker: 'spacelift-shared=newer' });
});
