import { describe, expect, test } from 'vitest';
import { FakeApi } from './fake-api.ts';
import { deployment, secret } from './fake-objects.ts';
import {
  choosing,
  connected,
  OURS,
  once,
  restartsOf,
  runConnect,
  runDisconnect,
  settings,
  spacelift,
} from './stage.ts';

const twice = { 'spacelift-server': 2, 'spacelift-drain': 2 };

describe('an uninstall', () => {
  test('puts the vendor back where somebody has taken our endpoint away', async () => {
    const api = spacelift();
    await runConnect(api);
    const { data = {} } = api.object('Secret', 'spacelift-shared');
    delete data['OTEL_EXPORTER_OTLP_ENDPOINT'];
    await runDisconnect(api);
    expect(api.values()['OBSERVABILITY_VENDOR']).toBe('Disabled');
  });

  test('puts the values back, restarts once, and leaves nothing but the tombstone', async () => {
    const api = spacelift();
    const before = api.values();
    await runConnect(api);
    const { code, sentence, log } = await runDisconnect(api);
    expect(code).toBe(0);
    expect(api.values()).toEqual(before);
    expect(restartsOf(api)).toEqual(twice);
    expect(api.notes()).toEqual({ disconnected: expect.stringMatching(/^monitoring\/st \S+ \S+Z$/) });
    expect(api.notes('Deployment', 'spacelift-server')).toEqual({});
    expect(api.object('Secret', 'spacelift-shared').metadata.managedFields).toEqual([]);
    expect(log).toEqual([
      `Plan for the Secret spacelift-shared in namespace spacelift: set OBSERVABILITY_VENDOR to Disabled (was OpenTelemetry) and remove OTEL_EXPORTER_OTLP_ENDPOINT (was ${OURS}).`,
      sentence,
    ]);
    expect(sentence).toBe(
      'Disconnected: the Secret spacelift-shared in namespace spacelift has its earlier values back; restarted spacelift-drain and spacelift-server.',
    );
  });

  test('writes the tombstone before anything else', async () => {
    const api = spacelift();
    await runConnect(api);
    const writes = api.writes().length;
    await runDisconnect(api);
    const { body } = api.writes()[writes] ?? {};
    expect(body).toMatchObject({
      metadata: { annotations: { 'spacelift-telemetry/disconnected': expect.any(String) } },
    });
    expect(Object.keys(body as object)).toEqual(['metadata']);
  });

  test.each([
    ['a vendor that was replaced', { OBSERVABILITY_VENDOR: 'Datadog' }],
    ['OpenTelemetry elsewhere', { ...connected, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4317' }],
    ['no key at all', {}],
    ['a value with a line break', { OBSERVABILITY_VENDOR: 'Disabled\n' }],
  ])('restores %s, byte by byte', async (_, values) => {
    const api = spacelift(values as Record<string, string>);
    const before = api.values();
    await runConnect(api, 'install', choosing({ existingVendor: 'replace' }));
    await runDisconnect(api);
    expect(api.values()).toEqual(before);
  });

  test('writes Disabled when nothing is remembered, by hand or by a broken note', async () => {
    for (const note of [undefined, '{', '[]', '{"OBSERVABILITY_VENDOR":1}']) {
      const api = spacelift(connected);
      await runConnect(api);
      const { annotations = {} } = api.object('Secret', 'spacelift-shared').metadata;
      if (note !== undefined) annotations['spacelift-telemetry/previous'] = note;
      await runDisconnect(api);
      expect(api.values()).toMatchObject({ OBSERVABILITY_VENDOR: 'Disabled' });
      expect(api.values()).not.toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
    }
  });

  test('keeps what somebody has changed since, and says so', async () => {
    const api = spacelift();
    await runConnect(api);
    api.set('spacelift-shared', { OBSERVABILITY_VENDOR: 'Datadog' });
    const { sentence } = await runDisconnect(api);
    expect(api.values()['OBSERVABILITY_VENDOR']).toBe('Datadog');
    expect(api.values()).not.toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
    expect(sentence).toContain('keep OBSERVABILITY_VENDOR (Datadog), which somebody has changed since');
    const other = spacelift();
    await runConnect(other);
    other.set('spacelift-shared', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4317' });
    const { sentence: kept } = await runDisconnect(other);
    expect(other.values()).toMatchObject({ ...connected, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4317' });
    expect(kept).toContain('no value of it was changed; keep OBSERVABILITY_VENDOR (OpenTelemetry)');
    const told = other.events.find(({ reason }) => reason === 'SpaceliftDisconnected');
    expect(told?.message).toContain('no value of it was changed; keep OBSERVABILITY_VENDOR (OpenTelemetry)');
    expect(restartsOf(other)).toEqual(once);
    expect(other.notes()).toEqual({ disconnected: expect.any(String) });
  });

  test('keeps what its owner applies on the server, which would find a conflict otherwise', async () => {
    const api = spacelift({});
    api.apply('spacelift-shared', connected);
    await runConnect(api);
    const { sentence } = await runDisconnect(api);
    expect(api.values()).toMatchObject(connected);
    expect(sentence).toContain(
      'keep OBSERVABILITY_VENDOR (OpenTelemetry), which "terraform" (Terraform) applies',
    );
    expect(() => api.apply('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' })).not.toThrow();
  });

  test('leaves the Secret of another release alone, tombstone and notes included', async () => {
    const api = spacelift();
    await runConnect(api);
    const writes = api.writes().length;
    const { code, sentence } = await runDisconnect(api, {
      ...settings,
      release: { name: 'second', namespace: 'b', revision: 1 },
    });
    expect([code, api.writes().length]).toEqual([0, writes]);
    expect(sentence).toBe(
      'Nothing to disconnect: the Secret spacelift-shared in namespace spacelift is connected by monitoring/st and was left alone.',
    );
  });

  test('of a Secret of nobody writes a tombstone where a connect might be on its way, and only there', async () => {
    const api = spacelift();
    expect((await runDisconnect(api)).sentence).toContain('by no release and was only annotated.');
    expect(Object.keys(api.notes())).toEqual(['disconnected']);
    const refused = spacelift({ OBSERVABILITY_VENDOR: 'Datadog' });
    expect((await runDisconnect(refused)).code).toBe(0);
    expect(refused.writes()).toEqual([]);
  });

  test('a second time does nothing more', async () => {
    const api = spacelift();
    await runConnect(api);
    await runDisconnect(api);
    const writes = api.writes().length;
    const { sentence } = await runDisconnect(api);
    expect([api.writes().length, restartsOf(api)]).toEqual([writes, twice]);
    expect(sentence).toMatch(/^Nothing to disconnect: .* was disconnected before\.$/);
  });
});

describe('the tombstone', () => {
  test('stops a connect on a schedule; an install, upgrade or rollback clears it', async () => {
    for (const run of ['install', 'upgrade', 'rollback'] as const) {
      const api = spacelift();
      await runConnect(api);
      await runDisconnect(api);
      const writes = api.writes().length;
      const { code, sentence } = await runConnect(api, 'reconcile');
      expect([code, api.writes().length]).toEqual([0, writes]);
      expect(sentence).toMatch(
        /^Stopped: the Secret spacelift-shared in namespace spacelift was disconnected/,
      );
      await runConnect(api, run);
      expect(api.values()).toMatchObject(connected);
      expect(api.notes()).not.toHaveProperty('disconnected');
      expect(restartsOf(api)).toEqual({ 'spacelift-server': 3, 'spacelift-drain': 3 });
    }
  });
});

test('a move puts back only what is no longer a target, and leaves the notes of the rest', async () => {
  const names = ['spacelift-shared', 'spacelift-server'];
  const both = { ...settings, spacelift: { ...settings.spacelift, secrets: names } };
  const api = new FakeApi(...names.map((name) => secret(name, {})), deployment('spacelift-drain'));
  await runConnect(api, 'install', both);
  const { marker } = api.notes('Secret', 'spacelift-server');
  await runDisconnect(api, both, { targets: ['spacelift-shared'], uninstall: false });
  expect(api.values('spacelift-shared')['OBSERVABILITY_VENDOR']).toBeUndefined();
  expect(api.values('spacelift-server')).toMatchObject(connected);
  expect(api.notes('Deployment', 'spacelift-drain')).toEqual({ marker: `spacelift-server=${marker}` });
  const next = { ...settings, spacelift: { ...settings.spacelift, secrets: ['spacelift-server'] } };
  await runConnect(api, 'upgrade', next);
  expect(restartsOf(api)).toEqual({ 'spacelift-drain': 2 });
});
