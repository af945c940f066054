import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { bringBack, eventsIn, kubectl, takeAway } from '../support/cluster.ts';
import { restarted, type Spacelift } from '../support/spacelift.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import {
  expectConnected,
  expectDisconnected,
  expectTraces,
  reconcile,
  startReconcile,
  startSpacelift,
} from './connection.ts';
import { listen } from './hook-words.ts';
import { observe } from './observation.ts';
import { expectRights } from './rights.ts';
import { helms, whyNot } from './settings.ts';
import { Stage } from './stage.ts';

const OTHER_SECRET = 'spacelift-server';
const missing = await whyNot();

describe.skipIf(missing).each(helms)(`a release that reconciles, by Helm %s${missing}`, (version) => {
  const stage = new Stage(version);
  let spacelift: Spacelift;
  beforeAll(async () => {
    await stage.setUp();
    spacelift = await startSpacelift(stage);
    await stage.deploy('install', { connect: 'reconcile' });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await stage.trouble());
  });
  afterAll(() => stage.tearDown('the release that reconciles'));

  test('may read and patch what it is to connect, and nothing else', async () => {
    await observe('rights', stage, () => expectRights(stage));
  });

  test('connects it again when Terraform has reset the Secret', async () => {
    const before = await spacelift.revisions();
    await spacelift.applySecret();
    await observe('reset-and-reconcile', stage, () => reconcile(stage, 'after-a-reset'));
    await expectConnected(stage, spacelift);
    expect(await spacelift.revisions()).toEqual(restarted(before));
  });

  test('connects it again when pods have started with the Secret that was reset', async () => {
    await spacelift.applySecret();
    await spacelift.restart();
    const before = await spacelift.revisions();
    await observe('reset-and-restarted', stage, () => reconcile(stage, 'after-a-restart'));
    await expectConnected(stage, spacelift);
    expect(await spacelift.revisions()).toEqual(restarted(before));
    await expectTraces(stage, 'spacelift-server');
  });

  test('restarts nothing when there is nothing to do', async () => {
    const before = await spacelift.revisions();
    await reconcile(stage, 'after-nothing');
    expect(await spacelift.revisions()).toEqual(before);
  });

  test("says in the release's own namespace that its rights in Spacelift's are gone", async () => {
    const role = `spacelift-telemetry-${stage.monitoring}`;
    await kubectl(['delete', 'role', role, '--namespace', stage.spacelift]);
    await startReconcile(stage, 'without-rights');
    const sentence = `the Role ${role} in namespace ${stage.spacelift} must allow "get" on secrets "${SHARED_SECRET}"`;
    const told = expect.stringContaining(sentence);
    const events = () => eventsIn(stage.monitoring);
    await expect.poll(events, { timeout: 120_000, interval: 500 }).toContainEqual(told);
  });

  test('says beside the collector that it is away', async () => {
    const values = { spacelift: { connect: { timeoutSeconds: 20 } } };
    await stage.deploy('upgrade', { connect: 'reconcile', values }); // makes the Role again, too
    await spacelift.applySecret(); // with nothing to do it would not ask for the collector
    const before = [(await spacelift.secret()).resourceVersion, await spacelift.revisions()];
    await takeAway(stage.monitoring, model.names.collector, 'otelcol');
    await startReconcile(stage, 'without-collector');
    const sentence = 'SpaceliftNotConnected: Not connected: the collector does not accept connections at ';
    const told = expect.stringContaining(`Service/${model.names.collector} ${sentence}`);
    const events = () => eventsIn(stage.monitoring);
    await expect.poll(events, { timeout: 120_000, interval: 500 }).toContainEqual(told);
    expect([(await spacelift.secret()).resourceVersion, await spacelift.revisions()]).toEqual(before);
    await bringBack(stage.monitoring, model.names.collector);
    await reconcile(stage, 'with-collector-again');
    await expectConnected(stage, spacelift);
  });

  test('puts the old Secret back when an upgrade moves to another', async () => {
    await spacelift.applySecret(undefined, OTHER_SECRET);
    await spacelift.start(SHARED_SECRET, OTHER_SECRET);
    const before = await spacelift.revisions();
    const values = { spacelift: { secrets: [OTHER_SECRET] } };
    const moving = () => stage.deploy('upgrade', { connect: 'reconcile', values });
    await observe('other-secret', stage, () => listen(stage, 'move', moving));
    await expectDisconnected(spacelift);
    await expectConnected(stage, spacelift, OTHER_SECRET);
    expect(await spacelift.revisions(), 'once for each Secret').toEqual(restarted(before, 2));
    await expectTraces(stage, 'spacelift-server');
  });

  test('stays disconnected when it is uninstalled while it reconciles', async () => {
    await spacelift.applySecret(undefined, OTHER_SECRET);
    await startReconcile(stage, 'beside-the-uninstall');
    const pods = ['pods', '--selector=job-name=beside-the-uninstall', '--namespace', stage.monitoring];
    const phase = () => kubectl(['get', ...pods, '--output=jsonpath={.items[*].status.phase}']);
    await expect.poll(phase, { timeout: 60_000, interval: 50 }).toBe('Running');
    await stage.uninstall();

    await kubectl(['wait', '--for=delete', ...pods, '--timeout=2m']);
    await expectDisconnected(spacelift, OTHER_SECRET);
    await expectDisconnected(spacelift);
    const server = ['deployment/spacelift-server', '--namespace', stage.spacelift];
    const said = () => kubectl(['logs', ...server]);
    await expect.poll(said, { timeout: 60_000, interval: 500 }).toMatch(/vendor[= ]"?Disabled/);
  });
});
