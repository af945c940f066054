import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { apply, kubectl, rolledOut } from '../support/cluster.ts';
import { Spacelift } from '../support/spacelift.ts';
import { expectCode, expectConnected, expectTraces } from './connection.ts';
import { listen, listenToBoth, runHook } from './hook-words.ts';
import { observe } from './observation.ts';
import { ApiDoor, DOOR_ENV, full, THROTTLED_ENV, throttling } from './obstacles.ts';
import { helms, images, whyNot } from './settings.ts';
import { RELEASE, Stage } from './stage.ts';

const AWAY_MS = 30_000;
const DRAIN = 'spacelift-drain';
const SERVER = 'spacelift-server';

const missing = await whyNot();

describe.skipIf(missing).each(helms.slice(-1))(`a hook that has to wait, by Helm %s${missing}`, (version) => {
  const stage = new Stage(version);
  const spacelift = new Spacelift(stage.spacelift, images);
  // Ten seconds are kept for the end of a run, so that each of two Deployments has fifteen.
  const connect = { timeoutSeconds: 40, schedule: '0 0 1 1 *' };
  const choice = { connect: 'reconcile', values: { spacelift: { connect } } } as const;
  const strict = {
    connect: 'reconcile',
    values: { spacelift: { connect: { ...connect, onRolloutFailure: 'fail' } } },
  } as const;
  const atomic = version === '3.17' ? '--atomic' : '--rollback-on-failure';
  beforeAll(async () => {
    await stage.setUp();
    await spacelift.applySecret();
    await spacelift.startOnly([SERVER]);
    await stage.deploy('install', choice);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await stage.trouble());
  });
  afterAll(async () => {
    await stage.tearDown('the hook that has to wait');
  });

  test('waits for an API server that is away for 30 seconds, and ends where it stays away', async () => {
    await spacelift.applySecret();
    const door = new ApiDoor(stage.monitoring, 'door');
    const through = { pod: await door.build(), env: DOOR_ENV };
    const closed = await new ApiDoor(stage.monitoring, 'closed-door').build();
    const ending = observe('api-away', stage, () =>
      runHook(stage, 'api-away', { pod: closed, env: DOOR_ENV, timeoutSeconds: 20 }),
    );
    const waiting = await observe('api-away-for-30-seconds', stage, async () => {
      const running = runHook(stage, 'through-the-door', { ...through, timeoutSeconds: 120 });
      await Promise.all([setTimeout(AWAY_MS), ending]); // the outage itself
      await door.open();
      return running;
    });
    const ended = await ending;
    expect(waiting.happened).toMatch(/^Connected: /);
    expect(waiting.restarts).toEqual({ [SERVER]: 1 });
    await expectConnected(stage, spacelift);
    expect(ended.happened).toMatch(
      /^Not connected: the API server did not answer "get" of .* within 20 seconds \(/,
    );
    expect(ended.after).toEqual(ended.before);
    expect(ended.restarts).toEqual({ [SERVER]: 0 });
  });

  test('goes on after it was throttled, and ends where it is throttled for ever', async () => {
    await spacelift.applySecret();
    const behind = (calls: number, timeoutSeconds: number) => ({
      sidecar: throttling(calls),
      env: THROTTLED_ENV,
      timeoutSeconds,
    });
    const waiting = await observe('throttled-for-a-while', stage, () =>
      runHook(stage, 'throttled-for-a-while', behind(5, 60)),
    );
    expect(waiting.happened).toMatch(/^Connected: /);
    expect(waiting.restarts).toEqual({ [SERVER]: 1 });
    await expectConnected(stage, spacelift);
    await spacelift.applySecret();
    const ended = await observe('throttled', stage, () => runHook(stage, 'throttled', behind(1_000, 20)));
    expect(ended.happened).toContain(' within 20 seconds (HTTP 429); ');
    expect(ended.restarts).toEqual({ [SERVER]: 0 });
  });

  test('says that a Deployment is paused, which restarts when it is resumed', async () => {
    const rollout = (verb: string) =>
      kubectl(['rollout', verb, `deployment/${SERVER}`, '--namespace', stage.spacelift]);
    await spacelift.applySecret();
    await rollout('pause');
    const { happened, restarts } = await observe('paused', stage, () => runHook(stage, 'paused'));
    expect(happened).toContain(
      `; ${SERVER} is paused and restarts when it is resumed (kubectl rollout resume `,
    );
    expect(restarts).toEqual({ [SERVER]: 0 });
    await rollout('resume');
    await rolledOut(stage.spacelift, SERVER);
    await expectTraces(stage, SERVER);
  });

  test('leaves the release where an image cannot be pulled', async () => {
    await spacelift.startOnly([DRAIN]);
    await breakDrain();
    const { number: before } = await release();
    const { happened, restarts } = await observe('image-pull', stage, () =>
      listen(stage, 'connect', async () => {
        expectCode(await stage.tryToDeploy('upgrade', choice, [atomic]), 'zero');
      }),
    );
    expect(happened).toMatch(
      /^Connected: .*; restarted spacelift-server; spacelift-drain is restarting, not ready within 40 /,
    );
    expect(restarts).toEqual({ [DRAIN]: 1, [SERVER]: 1 });
    expect(await release()).toEqual({ number: before + 1, status: 'deployed' });
    await expectConnected(stage, spacelift);
  });

  test('fails the release for it where the values say so, until its image is put right', async () => {
    await spacelift.applySecret();
    const { happened, restarts } = await observe('rollout-failure', stage, () =>
      listen(stage, 'connect', () => upgradeInVain()),
    );
    expect(happened).toMatch(
      /^Connected, but not to the end: .*: 1 of 1 new pods made, 1 old left, 1 available in all; run helm upgrade when that is put right\.$/,
    );
    expect(restarts).toEqual({ [DRAIN]: 1, [SERVER]: 1 });
    expect(await release()).toMatchObject({ status: 'failed' });
    await expectConnected(stage, spacelift);
    await spacelift.startOnly([DRAIN]);
    const before = await spacelift.revisions();
    expectCode(await stage.tryToDeploy('upgrade', strict), 'zero');
    expect(await spacelift.revisions()).toEqual(before);
  });

  test('lets such a release go back, which does not help the Deployment', async () => {
    await breakDrain();
    const { number: before } = await release();
    const { happened, restarts } = await observe('rollout-failure-undone', stage, () =>
      listenToBoth(stage, () => upgradeInVain(atomic)),
    );
    expect(happened).toMatch(/^Connected, but not to the end: .* Then: Nothing to do: /);
    expect(restarts).toEqual({ [DRAIN]: 1, [SERVER]: 1 });
    expect(await release()).toEqual({ number: before + 2, status: 'deployed' });
    await expectConnected(stage, spacelift);
    expectCode(await stage.tryToDeploy('upgrade', choice), 'zero'); // by default no such rollout is judged
  });

  test('goes no further where a rollout has failed', async () => {
    await spacelift.patch(DRAIN, { spec: { progressDeadlineSeconds: 1 } });
    await spacelift.applySecret();
    const { happened, restarts } = await observe('deadline-exceeded', stage, () =>
      runHook(stage, 'deadline-exceeded', { timeoutSeconds: 60 }),
    );
    expect(happened).toContain('; spacelift-drain does not become ready (kubectl describe deployment/');
    expect(happened).toContain('; because of that not restarted: spacelift-server (kubectl rollout restart ');
    expect(restarts).toEqual({ [DRAIN]: 1, [SERVER]: 0 });
  });

  test('does not wait for ever where there is no room for another pod', async () => {
    await spacelift.remove(DRAIN);
    const its = ['pods', '--selector=app=spacelift-drain', '--namespace', stage.spacelift];
    await kubectl(['wait', '--for=delete', ...its, '--timeout=1m']);
    const strategy = { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
    await spacelift.patch(SERVER, { spec: { strategy } });
    await spacelift.ready();
    await apply([full(stage.spacelift, 1)]);
    await spacelift.applySecret();
    const { happened, restarts } = await observe('no-room', stage, () =>
      runHook(stage, 'no-room', { timeoutSeconds: 20 }),
    );
    expect(happened).toContain(
      '; spacelift-server is restarting, not ready within 20 seconds (kubectl rollout ',
    );
    expect(restarts).toEqual({ [SERVER]: 1 });
    await expectConnected(stage, spacelift);
  });

  /** An image that cannot be pulled, and something to restart for. */
  const breakDrain = async () => {
    const containers = [{ name: 'spacelift', image: 'registry.invalid/spacelift:none' }];
    await spacelift.patch(DRAIN, { spec: { template: { spec: { containers } } } });
    await spacelift.applySecret();
  };

  const upgradeInVain = async (...flags: string[]) =>
    expectCode(await stage.tryToDeploy('upgrade', strict, flags), 'not zero');

  /** Number and status of the newest revision. */
  const release = async (): Promise<{ number: number; status: string }> => {
    const { stdout } = await stage.helm('status', [RELEASE, '--output=json']);
    const { version: number, info } = JSON.parse(stdout);
    return { number, status: info.status };
  };
});
