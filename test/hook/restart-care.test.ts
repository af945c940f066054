import { describe, expect, test } from 'vitest';
import {
  choosing,
  connected,
  once,
  restartsOf,
  runConnect,
  runDisconnect,
  settings,
  spacelift,
} from './stage.ts';

const twice = { 'spacelift-server': 2, 'spacelift-drain': 2 };

describe('restart: never', () => {
  const never = choosing({ restart: 'never' });

  test('writes the Secret, touches no Deployment, and says what to run', async () => {
    const api = spacelift();
    for (const name of Object.keys(once)) api.forbidden.add(`patch Deployment/${name}`);
    const { code, sentence, log } = await runConnect(api, 'install', never);
    expect([code, api.values(), restartsOf(api)]).toEqual([0, expect.objectContaining(connected), {}]);
    expect(sentence).toContain(
      'restart what reads it yourself, since spacelift.connect.restart is never: kubectl get deployment spacelift-drain spacelift-server --namespace spacelift --ignore-not-found --output name | xargs kubectl rollout restart --namespace spacelift; undo with',
    );
    expect(log.join('\n')).toContain('its restart is left to you (spacelift.connect.restart: never)');
    const again = await runConnect(api, 'reconcile', never, { collector: () => false });
    expect(again.sentence).toMatch(/^Nothing to do: .* restarts are left to you/);
    const gone = await runDisconnect(api, never);
    expect([gone.code, restartsOf(api), api.values()['OBSERVABILITY_VENDOR']]).toEqual([0, {}, 'Disabled']);
    expect(gone.sentence).toContain(
      'yourself, since spacelift.connect.restart is never: kubectl get deployment spacelift-drain ',
    );
  });

  test('taken back restarts each once', async () => {
    const api = spacelift();
    await runConnect(api, 'install', never);
    await runConnect(api, 'upgrade');
    expect(restartsOf(api)).toEqual(once);
  });
});

describe('restartDelaySeconds', () => {
  const late = choosing({ restartDelaySeconds: 100 });

  test('lies between the write and the first restart, and not between the others', async () => {
    const api = spacelift();
    const at = new Map<string, number>();
    api.fault = ({ verb, name, dryRun, patch }) => {
      if (verb === 'patch' && patch === 'merge' && !dryRun) at.set(name, api.now);
      return undefined;
    };
    const { code, log } = await runConnect(api, 'install', late);
    expect([code, restartsOf(api)]).toEqual([0, once]);
    const [secret = 0, drain = 0, server = 0] = [
      'spacelift-shared',
      'spacelift-drain',
      'spacelift-server',
    ].map((name) => at.get(name));
    expect([drain - secret, server - drain]).toEqual([100_000, 0]);
    expect(log).toContain('Waiting 100 seconds before the first restart.');
  });

  test('is not begun again by the run that goes on, and gone when nothing is restarted', async () => {
    const api = spacelift();
    await runConnect(api, 'install', choosing({ restart: 'never' }));
    api.now += 90_000;
    const began = api.now;
    await runConnect(api, 'upgrade', late);
    expect([restartsOf(api), api.now - began]).toEqual([once, 10_000]);
    await runConnect(api, 'upgrade', late);
    expect(api.now - began).toBe(10_000);
  });

  test('can be stopped by an uninstall', async () => {
    const api = spacelift();
    api.fault = ({ kind, dryRun }) => {
      const waited = kind === 'Deployment' && !dryRun && api.notes()['marker'] !== undefined;
      if (waited && api.notes()['disconnected'] === undefined) {
        api.annotate('Secret', 'spacelift-shared', { 'spacelift-telemetry/disconnected': 'monitoring/st x' });
      }
      return undefined;
    };
    expect((await runConnect(api, 'install', late)).sentence).toMatch(/^Stopped: /);
    expect(restartsOf(api)).toEqual({});
  });
});

describe('restartOnCollectorChange', () => {
  const collector = (hash: string | undefined) => ({ ...settings, collector: hash });

  test('restarts each once for another collector, and for nothing else', async () => {
    const api = spacelift();
    await runConnect(api);
    await runConnect(api, 'upgrade', collector('a'));
    await runConnect(api, 'upgrade', collector('a'));
    expect(restartsOf(api)).toEqual(once);
    // The new settings are there before the new collector is, so a schedule leaves that to the hook.
    expect((await runConnect(api, 'reconcile', collector('b'))).sentence).toMatch(/^Nothing to do/);
    await runConnect(api, 'upgrade', collector('b'));
    expect(restartsOf(api)).toEqual(twice);
    await runConnect(api, 'upgrade', collector(undefined));
    expect([restartsOf(api), api.notes()['collector']]).toEqual([twice, undefined]);
  });

  test('leaves no note after an uninstall', async () => {
    const api = spacelift();
    await runConnect(api, 'install', collector('a'));
    await runDisconnect(api, collector('a'));
    expect(Object.keys(api.notes())).toEqual(['disconnected']);
  });
});

describe('onRolloutFailure: fail', () => {
  const fail = choosing({ onRolloutFailure: 'fail' });

  test.each(['stuck', 'failing'] as const)(
    'fails for a rollout that is %s, and so does the next run',
    async (play) => {
      const api = spacelift();
      api.rollouts.set('spacelift-drain', play);
      const { code, sentence } = await runConnect(api, 'install', fail);
      expect([code, api.values()]).toEqual([1, expect.objectContaining(connected)]);
      expect(sentence).toMatch(
        /^Connected, but not to the end: .*.*: 1 of 3 new pods made, 2 old left, 3 available in all.*; run helm/,
      );
      api.rollouts.clear();
      expect((await runConnect(api, 'upgrade', fail)).code).toBe(1);
      expect((await runConnect(api, 'upgrade')).code).toBe(0);
      expect(restartsOf(api)).toEqual(once);
    },
  );

  test('does not fail a rollback, which Helm would leave as pending-rollback', async () => {
    const api = spacelift();
    api.rollouts.set('spacelift-drain', 'stuck');
    await runConnect(api, 'upgrade', fail);
    const began = api.now;
    const { code, sentence } = await runConnect(api, 'rollback', fail);
    expect([code, sentence]).toEqual([0, expect.stringMatching(/^Nothing to do: /)]);
    expect(api.now).toBe(began);
    api.set('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' });
    const again = await runConnect(api, 'rollback', fail);
    expect([again.code, again.sentence]).toEqual([
      0,
      expect.stringMatching(/^Connected, but not to the end: /),
    ]);
  });

  test('fails for a paused Deployment, and for none that runs', async () => {
    const api = spacelift();
    const { spec } = api.object('Deployment', 'spacelift-drain');
    if (spec) spec.paused = true;
    expect((await runConnect(api, 'install', fail)).code).toBe(1);
    if (spec) delete api.object('Deployment', 'spacelift-drain').spec?.paused;
    expect((await runConnect(api, 'upgrade', fail)).code).toBe(0);
  });
});
