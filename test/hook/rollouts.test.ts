import { describe, expect, test } from 'vitest';
import { once, restartsOf, runConnect, runDisconnect, spacelift } from './stage.ts';

describe('rollouts', () => {
  test('that are still running at the end are told, and are no failure', async () => {
    const api = spacelift();
    api.rollouts.set('spacelift-drain', 'stuck');
    const began = api.now;
    const at = new Map<string, number>();
    api.fault = ({ kind, verb, name, dryRun }) => {
      if (kind === 'Deployment' && verb === 'patch' && !dryRun) at.set(name, api.now - began);
      return undefined;
    };
    const { code, sentence } = await runConnect(api);
    expect(code).toBe(0);
    expect(restartsOf(api)).toEqual(once);
    expect(sentence).toContain(
      'spacelift-drain is restarting, not ready within 240 seconds (kubectl rollout status deployment/spacelift-drain --namespace spacelift)',
    );
    expect(api.now - began).toBeLessThanOrEqual(240_000);
    // Each waits for no longer than its share, so that the last is not restarted in the last second.
    expect(at.get('spacelift-server')).toBeGreaterThan(60_000);
    expect(at.get('spacelift-server')).toBeLessThan(120_000);
    expect(api.events.at(-1)).toMatchObject({ type: 'Warning', reason: 'SpaceliftRestartUnfinished' });
  });

  test('that fail keep the others from being restarted, which the next run does', async () => {
    const api = spacelift();
    api.rollouts.set('spacelift-drain', 'failing');
    const { code, sentence } = await runConnect(api);
    expect([code, restartsOf(api)]).toEqual([0, { 'spacelift-drain': 1 }]);
    expect(sentence).toMatch(
      /spacelift-drain does not become ready \(kubectl describe .*; because of that not restarted: spacelift-server/,
    );
    await runConnect(api, 'upgrade');
    expect(restartsOf(api)).toEqual(once);
  });

  test('that an uninstall leaves unfinished are told on the Deployment: its log goes with the Job', async () => {
    const api = spacelift();
    await runConnect(api);
    api.rollouts.set('spacelift-drain', 'failing');
    const { code, sentence } = await runDisconnect(api);
    expect([code, sentence]).toEqual([0, expect.stringMatching(/^Disconnected: .*; because of that not/)]);
    const told = api.events.filter(({ reason }) => reason === 'SpaceliftRestartUnfinished');
    expect(told.map(({ involvedObject: { name } }) => name)).toEqual(['spacelift-drain']);
    expect(told[0]?.message).toContain(
      '; because of that not restarted: spacelift-server (kubectl rollout restart deployment/spacelift-server --namespace spacelift). By',
    );
  });

  test('of a paused Deployment wait until it is resumed', async () => {
    const api = spacelift();
    const { spec } = api.object('Deployment', 'spacelift-drain');
    if (spec) spec.paused = true;
    const { code, sentence } = await runConnect(api);
    expect([code, restartsOf(api)]).toEqual([0, once]);
    expect(sentence).toContain('spacelift-drain is paused and restarts when it is resumed');
  });
});
