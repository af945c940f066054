import { describe, expect, test } from 'vitest';
import { deployment, EPOCH } from './fake-objects.ts';
import { connected, OURS, once, restartsOf, runConnect, settings, spacelift } from './stage.ts';

describe('a further connect', () => {
  test.each(['upgrade', 'rollback', 'reconcile'] as const)(
    'by %s writes and restarts nothing',
    async (run) => {
      const api = spacelift();
      await runConnect(api);
      const [writes, events] = [api.writes().length, api.events.length];
      for (let time = 0; time < 20; time++) {
        const { code, sentence } = await runConnect(api, run);
        expect([code, sentence]).toEqual([0, expect.stringMatching(/^Nothing to do: /)]);
      }
      expect([api.writes().length, api.events.length]).toEqual([writes, events]);
      expect(restartsOf(api)).toEqual(once);
    },
  );

  test('after the Terraform output was applied again writes and restarts once more, whoever restarted since', async () => {
    const api = spacelift();
    await runConnect(api);
    api.set('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' });
    expect((await runConnect(api, 'reconcile')).code).toBe(0);
    expect(api.values()).toMatchObject(connected);
    expect(restartsOf(api)).toEqual({ 'spacelift-server': 2, 'spacelift-drain': 2 });
    await runConnect(api, 'reconcile');
    expect(restartsOf(api)).toEqual({ 'spacelift-server': 2, 'spacelift-drain': 2 });
  });

  test('only notes a Deployment that is younger than the marker, and restarts one that is not surely so', async () => {
    const api = spacelift();
    await runConnect(api);
    for (const [name, seconds] of [
      ['spacelift-scheduler', 3600],
      ['spacelift-vcs-gateway', 1],
    ] as const) {
      const created = deployment(name);
      created.metadata.creationTimestamp = new Date(EPOCH + seconds * 1000).toISOString();
      api.objects.set(`Deployment/${name}`, created);
    }
    await runConnect(api, 'upgrade');
    expect(restartsOf(api)).toEqual({ ...once, 'spacelift-vcs-gateway': 1 });
    expect(api.notes('Deployment', 'spacelift-scheduler')).toEqual({
      marker: `spacelift-shared=${api.notes()['marker']}`,
    });
  });

  test('of a Secret that was patched by hand restarts once, as nobody knows who has read it', async () => {
    const api = spacelift(connected);
    await runConnect(api);
    expect(restartsOf(api)).toEqual(once);
    expect(api.values()).toMatchObject(connected);
  });

  test('on a schedule does not ask for the collector when there is nothing to do', async () => {
    const api = spacelift();
    await runConnect(api);
    const { code } = await runConnect(api, 'reconcile', settings, { collector: () => false });
    expect(code).toBe(0);
    expect((await runConnect(api, 'upgrade', settings, { collector: () => false })).code).toBe(1);
  });

  test('by a rollback is refused as well, which Helm is not told as a failure', async () => {
    const api = spacelift({ OBSERVABILITY_VENDOR: 'Datadog' });
    const { code, sentence } = await runConnect(api, 'rollback');
    expect([code, sentence, api.writes()]).toEqual([0, expect.stringMatching(/^Not connected: /), []]);
    expect(api.events.at(-1)).toMatchObject({ type: 'Warning', reason: 'SpaceliftNotConnected' });
  });

  test('with another endpoint of ours writes that and keeps the first memory', async () => {
    const api = spacelift();
    await runConnect(api);
    const { previous } = api.notes();
    const moved = { ...settings, endpoint: OURS.replace('cluster.local', 'example.org') };
    expect((await runConnect(api, 'upgrade', moved)).code).toBe(0);
    expect(api.values()).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: moved.endpoint });
    expect(api.notes()).toMatchObject({ previous, endpoint: moved.endpoint });
  });
});
