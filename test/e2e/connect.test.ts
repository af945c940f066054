import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { objectsIn, takeAway } from '../support/cluster.ts';
import { SPACELIFT_SERVICES } from '../support/cluster-objects.ts';
import { restarted, type Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import {
  expectCode,
  expectConnected,
  expectDisconnected,
  expectTraces,
  startSpacelift,
} from './connection.ts';
import { listen } from './hook-words.ts';
import { observe } from './observation.ts';
import { helms, whyNot } from './settings.ts';
import { RELEASE, Stage, seconds } from './stage.ts';

const connect = { connect: 'job' } as const;

const missing = await whyNot();

describe.skipIf(missing).each(helms)(`a release that connects Spacelift, by Helm %s${missing}`, (version) => {
  const stage = new Stage(version);
  let spacelift: Spacelift;
  let emptyNamespace: string[];
  beforeAll(async () => {
    await stage.setUp();
    emptyNamespace = await objectsIn(stage.monitoring);
    spacelift = await startSpacelift(stage);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await stage.trouble());
  });
  afterAll(() => stage.tearDown('the release that connects Spacelift'));

  const upgrade = () => listen(stage, 'connect', () => stage.deploy('upgrade', connect));

  test('brings every service of it into Jaeger by helm install alone', async () => {
    const before = await spacelift.revisions();
    const start = Date.now();
    let notes = '';
    const install = async () => {
      notes = await stage.deploy('install', connect);
      stage.say(`helm install with the connection took ${seconds(start)}`);
    };
    const installing = observe('first-install', stage, () => listen(stage, 'connect', install));
    const services = () => stage.jaeger.services().catch((): string[] => []); // Jaeger is not there at first
    const all = expect.arrayContaining(SPACELIFT_SERVICES);
    const one = expect.arrayContaining([expect.stringMatching('^spacelift-')]);
    await expect.poll(services, { timeout: 180_000, interval: 250 }).toEqual(one);
    stage.say(`${seconds(start)} from the start of helm install to the first trace`);
    await expect.poll(services, { timeout: 180_000, interval: 500 }).toEqual(all);
    stage.say(`${seconds(start)} from the start of helm install to the first trace of the last service`);
    await installing;
    expect(notes).toContain(`Spacelift in namespace ${stage.spacelift} is connected`);

    await expectConnected(stage, spacelift);
    expect(await spacelift.revisions(), 'each is restarted once').toEqual(restarted(before));
    const events = await spacelift.events();
    expect(events).toContainEqual(
      expect.stringMatching(`^Secret/${SHARED_SECRET} SpaceliftConnected: Connected: `),
    );
    for (const service of SPACELIFT_SERVICES) {
      const told = expect.stringMatching(`^Deployment/${service} SpaceliftRestarted: `);
      expect(events.filter((event) => told.asymmetricMatch(event))).toHaveLength(1);
    }
  });

  test('proves the path of a span by helm test', async () => {
    expectCode(await stage.helm('test', [RELEASE, '--timeout=2m']), 'zero');
  });

  test('does nothing at an upgrade without a change', async () => {
    const before = await spacelift.revisions();
    const { resourceVersion } = await spacelift.secret();
    await observe('upgrade-without-change', stage, upgrade);
    expect(await spacelift.revisions()).toEqual(before);
    expect((await spacelift.secret()).resourceVersion).toBe(resourceVersion);
  });

  test('connects it again when Terraform has reset the Secret', async () => {
    const before = await spacelift.revisions();
    await spacelift.applySecret();
    expect((await spacelift.secret()).values['OBSERVABILITY_VENDOR']).toBe('Disabled');
    await observe('reset-and-upgrade', stage, upgrade);
    await expectConnected(stage, spacelift);
    expect(await spacelift.revisions()).toEqual(restarted(before));
  });

  test('connects it again when pods have started with the Secret that was reset', async () => {
    await spacelift.applySecret();
    await spacelift.restart();
    const before = await spacelift.revisions();
    await stage.deploy('upgrade', connect);
    await expectConnected(stage, spacelift);
    expect(await spacelift.revisions()).toEqual(restarted(before));
    for (const service of SPACELIFT_SERVICES) await expectTraces(stage, service);
  });

  test('keeps it connected over a rollback, without a restart', async () => {
    const before = await spacelift.revisions();
    const back = ['rollback', [RELEASE, '2', '--wait', '--timeout=5m']] as const;
    const rollback = async () => expectCode(await stage.helm(...back), 'zero');
    await observe('rollback-unchanged', stage, () => listen(stage, 'rollback', rollback));
    await expectConnected(stage, spacelift);
    expect(await spacelift.revisions()).toEqual(before);
  });

  test('has helm test name the hop that is broken', async () => {
    await takeAway(stage.monitoring, model.names.jaeger, 'jaeger');
    const { code, stdout, stderr } = await stage.helm('test', [RELEASE, '--logs', '--timeout=2m']);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(`Jaeger's API is not reachable at http://${model.names.jaeger}:`);
  });

  test('puts it back at the uninstall, with one restart, and leaves but the pods of helm test', async () => {
    const before = await spacelift.revisions();
    const start = Date.now();
    const uninstall = async () => {
      await stage.uninstall();
      stage.say(`helm uninstall with the connection took ${seconds(start)}`);
    };
    await observe('uninstall', stage, () => listen(stage, 'disconnect', uninstall));
    await expectDisconnected(spacelift);
    expect(await spacelift.revisions()).toEqual(restarted(before));
    // Helm deletes no hook at an uninstall, and the pods of helm test stay for their logs.
    const left = [
      ...emptyNamespace,
      'pod/spacelift-telemetry-test',
      'pod/spacelift-telemetry-test-connection',
    ].sort();
    await expect.poll(() => objectsIn(stage.monitoring), { timeout: 120_000, interval: 1000 }).toEqual(left);
    // Without our name on a field, the owner's own apply finds no conflict.
    expectCode(await spacelift.applyOnServer(TERRAFORM), 'zero');
  });
});
