import { describe, expect, test } from 'vitest';
import { FakeApi } from './fake-api.ts';
import { deployment, EPOCH, secret } from './fake-objects.ts';
import {
  choosing,
  connected,
  DEPLOYMENTS,
  OURS,
  once,
  restartsOf,
  runConnect,
  settings,
  spacelift,
} from './stage.ts';

describe('the first connect', () => {
  test('writes both keys and nothing else of the Secret, and restarts what is there once, the server last', async () => {
    const api = spacelift();
    const before = api.values();
    const { code, sentence, log } = await runConnect(api);
    expect(code).toBe(0);
    expect(api.values()).toEqual({ ...before, ...connected });
    expect(restartsOf(api)).toEqual(once);
    const order = api
      .writes()
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ name }) => name);
    expect(order).toEqual(['spacelift-drain', 'spacelift-server']);
    expect(sentence).toBe(
      `Connected: the Secret spacelift-shared in namespace spacelift points Spacelift at ${OURS}; restarted spacelift-drain and spacelift-server; undo with: helm uninstall st --namespace monitoring.`,
    );
    expect(log).toContain(
      `Plan for the Secret spacelift-shared in namespace spacelift: set OBSERVABILITY_VENDOR to OpenTelemetry (was Disabled) and set OTEL_EXPORTER_OTLP_ENDPOINT to ${OURS} (was not set).`,
    );
    expect(log).toContain(
      'Plan for the Deployment spacelift-scheduler: nothing: it is not there, and need not be.',
    );
  });

  test('notes owner, earlier values and marker on the Secret in one write, valid for the version it read', async () => {
    const api = spacelift();
    await runConnect(api);
    const [first] = api.writes();
    expect(first).toMatchObject({
      kind: 'Secret',
      patch: 'merge',
      body: { metadata: { resourceVersion: '1' } },
    });
    const { owner, previous, marker, 'marker-time': time } = api.notes();
    expect(owner).toBe('monitoring/st');
    expect(JSON.parse(previous ?? '')).toEqual({
      OBSERVABILITY_VENDOR: Buffer.from('Disabled').toString('base64'),
      OTEL_EXPORTER_OTLP_ENDPOINT: null,
    });
    expect(Date.parse(time ?? '')).toBeGreaterThan(EPOCH);
    expect(api.notes('Deployment', 'spacelift-server')).toEqual({ marker: `spacelift-shared=${marker}` });
  });

  test('leaves no field to our name', async () => {
    const api = spacelift();
    api.apply('spacelift-shared', { DATABASE_URL: 'postgres://' });
    await runConnect(api);
    const managers = api.object('Secret', 'spacelift-shared').metadata.managedFields ?? [];
    expect(managers.map(({ manager }) => manager)).toEqual(['terraform']);
  });

  test('is told as Events on the Secret and on each Deployment, by uid', async () => {
    const api = spacelift();
    await runConnect(api);
    expect(api.events.map(({ type, reason, involvedObject }) => [type, reason, involvedObject.uid])).toEqual([
      ['Normal', 'SpaceliftConnected', 'uid-spacelift-shared'],
      ['Normal', 'SpaceliftRestarted', 'uid-spacelift-drain'],
      ['Normal', 'SpaceliftRestarted', 'uid-spacelift-server'],
    ]);
  });

  test('does not care whether Events are refused', async () => {
    const api = spacelift();
    api.forbidden.add('create Event');
    expect((await runConnect(api)).code).toBe(0);
    expect(restartsOf(api)).toEqual(once);
  });

  test('waits for the collector, and leaves Spacelift as it is when that does not come', async () => {
    const api = spacelift();
    let asked = 0;
    expect((await runConnect(api, 'install', settings, { collector: () => ++asked > 5 })).code).toBe(0);
    const other = spacelift();
    const { code, sentence } = await runConnect(other, 'install', settings, { collector: () => false });
    expect([code, other.writes()]).toEqual([1, []]);
    expect(sentence).toMatch(
      /^Not connected: the collector does not accept connections at http:\/\/spacelift-telemetry-collector\S+ after 120 seconds, so Spacelift in namespace spacelift was left as it is; .*kubectl --namespace monitoring get pods/,
    );
  });

  test('never says a value of the Secret, nor has one in an Event', async () => {
    const api = spacelift({
      OBSERVABILITY_VENDOR: 'hunter2',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://key:hunter2@x',
    });
    const refused = await runConnect(api);
    const { log } = await runConnect(api, 'upgrade', choosing({ existingVendor: 'replace' }));
    expect(JSON.stringify([refused, log, api.events])).not.toMatch(/hunter2|licence/);
    expect(log.join()).toContain('was another vendor');
  });

  test('has the values of the Secret sent twice, to look and to write; all else is about its metadata', async () => {
    const api = spacelift();
    await runConnect(api);
    const whole = api.calls.filter(({ kind, metadataOnly }) => kind === 'Secret' && !metadataOnly);
    expect(whole.map(({ verb }) => verb)).toEqual(['get', 'get']);
  });
});

test('several Secrets: each is written, and each Deployment restarted once for all', async () => {
  const names = ['spacelift-shared', 'spacelift-server'];
  const several = { ...settings, spacelift: { ...settings.spacelift, secrets: names } };
  const make = () => new FakeApi(...names.map((name) => secret(name, {})), ...DEPLOYMENTS.map(deployment));
  const api = make();
  await runConnect(api, 'install', several);
  for (const name of names) expect(api.values(name)).toMatchObject(connected);
  expect([...api.restarts.values()]).toEqual([1, 1, 1, 1]);
  const foreign = make();
  foreign.set('spacelift-server', { OBSERVABILITY_VENDOR: 'AWS' });
  expect((await runConnect(foreign, 'install', several)).code).toBe(1);
  expect(foreign.writes()).toEqual([]);
});
