import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { apply, bringBack, kubectl, objectsIn, podUids, rolledOut, takeAway } from '../support/cluster.ts';
import { claim } from '../support/cluster-objects.ts';
import { output } from '../support/processes.ts';
import { type SpanLoad, spanCount } from '../support/spans.ts';
import { helms, whyNot } from './settings.ts';
import { Stage, seconds } from './stage.ts';

const badger = { presets: ['badger'] };
const kept = { service: 'kept', traces: 100, childSpans: 4 };
const OWN_CLAIM = 'own-claim';

const missing = await whyNot();

describe.skipIf(missing).each(helms)(`a release with Badger, by Helm %s${missing}`, (version) => {
  const stage = new Stage(version);
  let emptyNamespace: string[];
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
    await stage.setUp();
    emptyNamespace = await objectsIn(stage.monitoring);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await stage.trouble());
  });
  afterAll(async () => {
    await stage.tearDown('the release with Badger');
    await rm(folder, { recursive: true });
  });

  const expectAll = (load: SpanLoad) =>
    expect
      .poll(() => stage.jaeger.countSpans(load.service), { timeout: 120_000, interval: 500 })
      .toBe(spanCount(load));

  test('takes spans and keeps them over the death of its pod', async () => {
    await stage.deploy('install', badger);
    await stage.startSending(kept);
    await stage.sent(kept);
    await expectAll(kept);

    const before = await podUids(stage.monitoring, 'jaeger');
    const its = ['--selector=app.kubernetes.io/name=jaeger', '--namespace', stage.monitoring];
    await kubectl(['delete', 'pods', ...its]);
    await rolledOut(stage.monitoring, model.names.jaeger);
    expect(await podUids(stage.monitoring, 'jaeger')).not.toEqual(before);
    await expectAll(kept);
  });

  test('keeps them over an upgrade that replaces both pods', async () => {
    const before = await stage.pods();
    await stage.deploy('upgrade', { presets: ['badger', 'debug'] });
    const after = await stage.pods();
    expect(after.jaeger).not.toEqual(before.jaeger);
    expect(after.collector).not.toEqual(before.collector);
    await expectAll(kept);
  });

  test('loses nothing while Jaeger is away for 30 seconds', async () => {
    const load = { service: 'outage', traces: 1200, childSpans: 4, rate: 100 };
    await stage.startSending(load);
    const count = () => stage.jaeger.countSpans(load.service);
    await expect.poll(count, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);

    await takeAway(stage.monitoring, model.names.jaeger, 'jaeger');
    await new Promise((resolve) => setTimeout(resolve, 30_000)); // the outage itself
    await bringBack(stage.monitoring, model.names.jaeger);
    const back = Date.now();
    expect(await count()).toBeLessThan(spanCount(load));
    await stage.sent(load);
    await expectAll(load);
    stage.say(`all spans of the outage were there ${seconds(back)} after it, the sending included`);
  });

  test('gives its traces to the next release of the same name', async () => {
    await stage.uninstall();
    const left = [...emptyNamespace, `persistentvolumeclaim/${model.names.badgerClaim}`].sort();
    await expect.poll(() => objectsIn(stage.monitoring), { timeout: 120_000, interval: 1000 }).toEqual(left);
    await stage.deploy('install', badger);
    await expectAll(kept);
  });

  test("takes a claim that is somebody else's, by values from the command line", async () => {
    await apply([claim(stage.monitoring, OWN_CLAIM)]);
    const config = join(folder, 'telemetry.yaml');
    const overlay = join(folder, 'values.yaml');
    await writeFile(config, `storage:\n  badger:\n    existingClaim: ${OWN_CLAIM}\n`);
    await output(process.execPath, ['scripts/build.mjs']);
    await writeFile(overlay, await output(process.execPath, ['dist/cli.js', 'values', '--config', config]));

    const notes = await stage.deploy('upgrade', { files: [overlay] });
    expect(notes).toContain(`WARNING: the claim ${model.names.badgerClaim}`);
    expect(await stage.jaeger.services()).toEqual([]);
    const load = { service: 'own', traces: 10, childSpans: 4 };
    await stage.startSending(load);
    await expectAll(load);
  });
});
