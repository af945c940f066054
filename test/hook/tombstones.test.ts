import { describe, expect, test } from 'vitest';
import type { FakeApi } from './fake-api.ts';
import { type Stored, secret } from './fake-objects.ts';
import { connected, runConnect, runDisconnect, settings, spacelift } from './stage.ts';

const JOB = { kind: 'Job', namespace: 'monitoring', name: 'spacelift-telemetry-connect' } as const;

/** The Job of Helm's newest hook, made at that time of the fake's clock. */
function jobAt(api: FakeApi, time: number): void {
  const { metadata } = secret(JOB.name, {});
  const creationTimestamp = new Date(time).toISOString().replace(/\.\d+/, '');
  const job: Stored = { kind: 'Job', metadata: { ...metadata, creationTimestamp } };
  api.objects.set(`Job/${JOB.name}`, job);
}

/** Spacelift that was connected by a Job a minute ago, and has been disconnected since. */
async function disconnectedSince(): Promise<FakeApi> {
  const api = spacelift();
  jobAt(api, api.now);
  await runConnect(api, 'install', settings, { job: JOB });
  api.now += 60_000;
  await runDisconnect(api);
  api.now += 2_000;
  return api;
}

describe('an upgrade that finds a tombstone', () => {
  test('leaves it when a late pod of an older Job runs it: the uninstall came after that Job', async () => {
    const api = await disconnectedSince();
    const { code, sentence } = await runConnect(api, 'upgrade', settings, { job: JOB });
    expect([code, sentence]).toEqual([0, expect.stringMatching(/^Stopped: /)]);
    expect(api.values()['OBSERVABILITY_VENDOR']).toBe('Disabled');
  });

  test.each([
    ['before it in one second', 300],
    ['in a later part of that second', 0],
  ])('leaves it when the Job was made %s: the times of Jobs have no parts of a second', async (_, part) => {
    const api = spacelift();
    await runConnect(api);
    const second = Math.ceil(api.now / 1000) * 1000 + 60_000;
    jobAt(api, second);
    api.now = second + part;
    await runDisconnect(api);
    expect((await runConnect(api, 'upgrade', settings, { job: JOB })).sentence).toMatch(/^Stopped: /);
  });

  test('clears it when its Job is younger', async () => {
    const api = await disconnectedSince();
    jobAt(api, api.now);
    expect((await runConnect(api, 'upgrade', settings, { job: JOB })).code).toBe(0);
    expect(api.values()).toMatchObject(connected);
    expect(api.notes()).not.toHaveProperty('disconnected');
  });

  test("clears it when nobody knows: without the right to ask, and for an older chart's tombstone", async () => {
    const api = await disconnectedSince();
    api.forbidden.add(`get Job/${JOB.name}`);
    await runConnect(api, 'upgrade', settings, { job: JOB });
    expect(api.values()).toMatchObject(connected);
    api.forbidden.clear();
    await runDisconnect(api);
    api.annotate('Secret', 'spacelift-shared', { 'spacelift-telemetry/disconnected': 'monitoring/st old' });
    await runConnect(api, 'rollback', settings, { job: JOB });
    expect(api.values()).toMatchObject(connected);
  });
});
