import { describe, expect, test } from 'vitest';
import { check } from '../../hook/check-run.ts';
import { FakeApi } from './fake-api.ts';
import { deployment } from './fake-objects.ts';
import { choosing, OURS, runConnect, runDisconnect, settings, spacelift, worldOf } from './stage.ts';

/** Checks the connection, which may only get: not even an Event. */
async function checked(api: FakeApi, chosen = settings) {
  const calls = api.calls.length;
  const ending = await check(worldOf(api), chosen);
  expect(api.calls.slice(calls).filter(({ verb }) => verb !== 'get')).toEqual([]);
  return ending;
}

describe('the check of helm test', () => {
  test('says that Spacelift is connected, by vendor, endpoint and pods', async () => {
    const api = spacelift();
    await runConnect(api);
    expect(await checked(api)).toEqual({
      code: 0,
      sentence: `Spacelift in namespace spacelift is connected: the vendor is OpenTelemetry, the endpoint ${OURS}; and its pods are newer than that.`,
    });
  });

  test('fails when somebody has reset the Secret, and says what was found', async () => {
    const api = spacelift();
    await runConnect(api);
    api.set('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' });
    const { code, sentence } = await checked(api);
    expect(code).toBe(1);
    expect(sentence).toMatch(
      /^No longer connected: .*\(to mend: set OBSERVABILITY_VENDOR to OpenTelemetry \(was Disabled\)\).*; run helm/,
    );
  });

  test('fails for pods that are older than the write, but for those that were left to a person', async () => {
    const api = spacelift();
    const never = choosing({ restart: 'never' });
    await runConnect(api, 'install', never);
    const { code, sentence } = await checked(api);
    expect(code).toBe(1);
    expect(sentence).toContain(
      'pods of spacelift-drain and spacelift-server are older than what was written',
    );
    const left = await checked(api, never);
    expect([left.code, left.sentence]).toEqual([0, expect.stringContaining('newer than that is not known')]);
  });

  test('tells a rollout that has not ended', async () => {
    const api = spacelift();
    api.rollouts.set('spacelift-drain', 'stuck');
    await runConnect(api);
    const { code, sentence } = await checked(api);
    expect([code, sentence]).toEqual([
      0,
      expect.stringContaining(
        '; spacelift-drain is running (1 of 3 new pods made, 2 old left, 3 available in all).',
      ),
    ]);
  });

  test('fails where nothing can be connected, after an uninstall, and without a right', async () => {
    expect((await checked(new FakeApi(deployment('spacelift-server')))).sentence).toContain(
      'there is no Secret',
    );
    const api = spacelift();
    await runConnect(api);
    await runDisconnect(api);
    expect((await checked(api)).sentence).toContain('was disconnected by an uninstall');
    api.forbidden.add('get Secret/spacelift-shared');
    expect(await checked(api, { ...settings, role: 'role-test' })).toMatchObject({
      code: 1,
      sentence: expect.stringMatching(/^Whether Spacelift is connected is not known: .* the Role role-test /),
    });
  });
});
