import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ApiCall, FakeApi } from './fake-api.ts';
import { memoryFetch } from './fake-fetch.ts';
import { deployment, secret } from './fake-objects.ts';
import { choosing, connected, DEPLOYMENTS, runConnect, runDisconnect, settings, spacelift } from './stage.ts';

/** Ends a run as a kill would: nothing that it does afterwards has any effect. */
class Killed extends Error {}

/** A fetch that is cut off at a call, before the server sees it or after it was carried out. */
function cutOff(api: FakeApi, call: number, after: boolean): typeof fetch {
  let count = 0;
  const carryOut = memoryFetch(api);
  return async (input, init) => {
    count++;
    if (count < call) return carryOut(input, init);
    if (count === call && after) await carryOut(input, init);
    throw new Killed(`at call ${call}`);
  };
}

/** Runs something that may be killed. @returns whether it was */
async function killed(run: Promise<unknown>): Promise<boolean> {
  return run.then(
    () => false,
    (error: unknown) => {
      if (error instanceof Killed) return true;
      throw error;
    },
  );
}

/** What must be the same in the end: no version, no time, and no random word. */
function outcome(api: FakeApi) {
  const objects = [...api.objects].sort().map(([key, object]) => {
    const { annotations = {}, managedFields } = object.metadata;
    const { 'spacelift-telemetry/marker-time': _, ...notes } = annotations;
    return [key, notes, managedFields, object.data, object.spec];
  });
  const text = JSON.stringify(objects).replaceAll(/word\d+( \S+Z)?/g, 'word');
  return { objects: JSON.parse(text), restarts: Object.fromEntries(api.restarts) };
}

/**
 * Whether the pods of each Deployment bear the markers of these Secrets: they are younger than the values.
 */
function podsHaveRead(api: FakeApi, ...secrets: string[]): boolean {
  const markers = secrets.map((name) => `${name}=${api.notes('Secret', name)['marker']}`).sort();
  const deployments = [...api.objects.values()].filter(({ kind }) => kind === 'Deployment');
  const borne = deployments.map(({ spec }) => spec?.template.metadata.annotations);
  return borne.every((annotations) => annotations?.['spacelift-telemetry/marker'] === markers.join());
}

/** What is true of a Secret for a run that finds it so, and disconnects it. */
function became(api: FakeApi, name: string): string {
  if (api.notes('Secret', name)['owner'] === undefined) return 'was disconnected before';
  const connected = api.values(name)['OBSERVABILITY_VENDOR'] === 'OpenTelemetry';
  return connected ? 'has its earlier values back' : 'is no longer ours; a run that was stopped has put its';
}

/** Every place to cut a run at: before each of its calls, and after each that changes something. */
const cuts = (calls: readonly ApiCall[]) =>
  calls.flatMap(({ verb }, index) => [
    { call: index + 1, after: false },
    ...(verb === 'get' ? [] : [{ call: index + 1, after: true }]),
  ]);

describe('a run that is cut off anywhere', () => {
  const several = {
    ...settings,
    spacelift: {
      ...settings.spacelift,
      secrets: ['spacelift-shared', 'spacelift-server'],
      deployments: DEPLOYMENTS.slice(0, 3),
    },
  };
  const make = () =>
    new FakeApi(
      ...several.spacelift.secrets.map((name) => secret(name, {})),
      ...DEPLOYMENTS.slice(0, 2).map(deployment),
    );

  test('to connect is finished by the next: the same in the end, each Deployment restarted once', async () => {
    const whole = make();
    await runConnect(whole, 'install', several);
    expect([...whole.restarts.values()]).toEqual([1, 1]);
    for (const { call, after } of cuts(whole.calls)) {
      const api = make();
      await killed(runConnect(api, 'install', several, { fetch: cutOff(api, call, after) }));
      expect((await runConnect(api, 'upgrade', several)).code).toBe(0);
      expect(podsHaveRead(api, ...several.spacelift.secrets)).toBe(true);
      expect(outcome(api), `cut ${after ? 'after' : 'before'} call ${call}`).toEqual(outcome(whole));
    }
  });

  test('to disconnect is finished by the next: the same in the end, each Deployment restarted once', async () => {
    const whole = make();
    await runConnect(whole, 'install', several);
    const calls = whole.calls.length;
    await runDisconnect(whole, several);
    expect([...whole.restarts.values()]).toEqual([2, 2]);
    for (const { call, after } of cuts(whole.calls.slice(calls))) {
      const api = make();
      await runConnect(api, 'install', several);
      await killed(runDisconnect(api, several, { fetch: cutOff(api, call, after) }));
      const between = several.spacelift.secrets.map((name) => [name, became(api, name)] as const);
      const { code, sentence } = await runDisconnect(api, several);
      expect(code).toBe(0);
      for (const [name, words] of between) {
        expect(sentence).toContain(`the Secret ${name} in namespace spacelift ${words}`);
      }
      expect(outcome(api), `cut ${after ? 'after' : 'before'} call ${call}`).toEqual(outcome(whole));
    }
  });
});

/** A run that is killed, and when. */
const attempt = fc.record({
  run: fc.constantFrom('connect', 'disconnect'),
  call: fc.integer({ min: 1, max: 40 }),
  after: fc.boolean(),
});
type Attempt = { run: string; call: number; after: boolean };
const vendor = fc.constantFrom(undefined, '', 'Disabled', 'OpenTelemetry', 'Datadog', 'AWS', 'other');
const endpoint = fc.constantFrom(undefined, '', 'http://tempo:4317', connected.OTEL_EXPORTER_OTLP_ENDPOINT);
const replace = choosing({ existingVendor: 'replace' });

function anySpacelift(values: Record<string, string | undefined>): FakeApi {
  const set = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return spacelift(Object.fromEntries(set));
}

/** Runs that are killed, one after the other. */
async function interrupt(api: FakeApi, attempts: readonly Attempt[]) {
  for (const { run, call, after } of attempts) {
    const choice = { fetch: cutOff(api, call, after) };
    await killed(
      run === 'connect' ? runConnect(api, 'install', replace, choice) : runDisconnect(api, replace, choice),
    );
  }
}

describe('whatever was there, however often it is killed', () => {
  test('one more run connects, and one more puts everything back', async () => {
    const arbitrary = [vendor, endpoint, fc.array(attempt), fc.array(attempt)] as const;
    await fc.assert(
      fc.asyncProperty(...arbitrary, async (name, url, first, second) => {
        const api = anySpacelift({ OBSERVABILITY_VENDOR: name, OTEL_EXPORTER_OTLP_ENDPOINT: url });
        const before = api.values();
        await interrupt(api, first);
        expect((await runConnect(api, 'install', replace)).code).toBe(0);
        expect(api.values()).toMatchObject(connected);
        expect(podsHaveRead(api, 'spacelift-shared')).toBe(true);
        if (first.every(({ run }) => run === 'connect')) expect([...api.restarts.values()]).toEqual([1, 1]);
        await interrupt(api, second);
        expect((await runDisconnect(api, replace)).code).toBe(0);
        // Our own endpoint, set by hand before, goes as one that we have set: nobody can tell them apart.
        if (url !== connected.OTEL_EXPORTER_OTLP_ENDPOINT) expect(api.values()).toEqual(before);
        expect(Object.keys(api.notes())).toEqual(['disconnected']);
        expect(api.object('Secret', 'spacelift-shared').metadata.managedFields).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
