import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { bringBack, kubectl, objectsIn, podUids, takeAway } from '../support/cluster.ts';
import { type SpanLoad, spanCount } from '../support/spans.ts';
import { helms, whyNot } from './settings.ts';
import { Stage, seconds } from './stage.ts';

const memory = { presets: ['badger'] };
const disk = { presets: ['badger', 'disk-buffer'] };
const POD = `${model.names.collector}-0`;
const CLAIM = `${model.queue.volume}-${POD}`;
const OUTAGE_MS = 60_000;

const missing = await whyNot();

describe.skipIf(missing).each(helms.slice(-1))(
  `a release with a queue on disk, by Helm %s${missing}`,
  (version) => {
    const stage = new Stage(version);
    let emptyNamespace: string[];
    beforeAll(async () => {
      await stage.setUp();
      emptyNamespace = await objectsIn(stage.monitoring);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(() => stage.tearDown('the release with a queue on disk'));

    const count = ({ service }: SpanLoad) => stage.jaeger.countSpans(service);
    const expectAll = (load: SpanLoad) =>
      expect.poll(() => count(load), { timeout: 120_000, interval: 1000 }).toBe(spanCount(load));

    test('comes out of one with its queue in memory, and loses nothing on the way', async () => {
      await stage.deploy('install', memory);
      const load = { service: 'switch', traces: 500, childSpans: 4, rate: 100, patience: 60 };
      await stage.startSending(load);
      await expect.poll(() => count(load), { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
      await stage.deploy('upgrade', disk);
      expect(await objectsIn(stage.monitoring)).toContain(`statefulset.apps/${model.names.collector}`);
      expect(await objectsIn(stage.monitoring)).not.toContain(`deployment.apps/${model.names.collector}`);
      await stage.sent(load);
      await expectAll(load);
    });

    test('loses nothing while Jaeger is away for 60 seconds and its own pod is killed', async () => {
      const load = { service: 'outage', traces: 7500, childSpans: 4, rate: 500, patience: 60 };
      await stage.startSending(load);
      await expect.poll(() => count(load), { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
      const before = await podUids(stage.monitoring, 'otelcol');
      await takeAway(stage.monitoring, model.names.jaeger, 'jaeger');
      const away = Date.now();
      await setTimeout(OUTAGE_MS / 2); // half of the outage
      const killed = Date.now();
      await kubectl(['delete', 'pod', POD, '--namespace', stage.monitoring, '--grace-period=0', '--force']);
      await expect.poll(() => podUids(stage.monitoring, 'otelcol'), { timeout: 60_000 }).not.toEqual(before);
      const ready = ['wait', '--for=condition=ready', `pod/${POD}`, '--timeout=2m'];
      await kubectl([...ready, '--namespace', stage.monitoring]);
      stage.say(`the killed collector was ready again after ${seconds(killed)}`);
      await setTimeout(Math.max(0, away + OUTAGE_MS - Date.now())); // the rest of it
      await bringBack(stage.monitoring, model.names.jaeger);
      const back = Date.now();
      expect(await count(load)).toBeLessThan(spanCount(load));
      await stage.sent(load);
      await expectAll(load);
      stage.say(`all ${spanCount(load)} spans were there ${seconds(back)} after it, the sending included`);
    });

    test('goes back to memory, keeps its claim and says so', async () => {
      const notes = await stage.deploy('upgrade', memory);
      expect(notes).toContain(`WARNING: the claim ${CLAIM}`);
      expect(await objectsIn(stage.monitoring)).toContain(`deployment.apps/${model.names.collector}`);
      await stage.uninstall();
      const claims = [model.names.badgerClaim, CLAIM].map((name) => `persistentvolumeclaim/${name}`);
      const left = [...emptyNamespace, ...claims].sort();
      await expect
        .poll(() => objectsIn(stage.monitoring), { timeout: 120_000, interval: 1000 })
        .toEqual(left);
    });
  },
);
