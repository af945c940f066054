import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { kubectl, objectsIn } from '../support/cluster.ts';
import { SPACELIFT_SERVICES } from '../support/cluster-objects.ts';
import { helms, whyNot } from './settings.ts';
import { CHART, RELEASE, Stage, seconds } from './stage.ts';

const KEPT_CLAIM = `persistentvolumeclaim/${model.names.badgerClaim}`;
const KEPT_CLAIM_WARNING = `WARNING: the claim ${model.names.badgerClaim}`;

const jaegerChange = {
  jaeger: {
    userconfig: {
      extensions: { jaeger_storage: { backends: { memory: { memory: { max_traces: 10000 } } } } },
    },
  },
};
const collectorChange = {
  otelcol: { alternateConfig: { exporters: { 'otlp_grpc/jaeger': { timeout: '11s' } } } },
};

const missing = await whyNot();

describe.skipIf(missing).each(helms)(`a release with its defaults, by Helm %s${missing}`, (version) => {
  const stage = new Stage(version);
  let emptyNamespace: string[];
  beforeAll(async () => {
    await stage.setUp();
    emptyNamespace = await objectsIn(stage.monitoring);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await stage.trouble());
  });
  afterAll(() => stage.tearDown('the release with its defaults'));

  test('is ready under Pod Security restricted, and Spacelift turns up in Jaeger', async () => {
    const start = Date.now();
    const notes = await stage.deploy('install');
    stage.say(`helm install took ${seconds(start)}`);
    expect(notes).toContain(`Endpoint   ${stage.endpoint}\n`);
    expect(notes).not.toContain('WARNING');

    await stage.startSpacelift();
    const first = () => stage.jaeger.countSpans('spacelift-server');
    await expect.poll(first, { timeout: 120_000, interval: 100 }).toBeGreaterThan(0);
    stage.say(`${seconds(start)} from the start of helm install to the first trace`);
    for (const service of SPACELIFT_SERVICES) {
      const count = () => stage.jaeger.countSpans(service);
      await expect.poll(count, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
    }
  });

  test('fits well into the Secret in which Helm keeps a release, chart and schema included', async () => {
    const selector = [`--selector=owner=helm,name=${RELEASE}`, '--namespace', stage.monitoring];
    const data = await kubectl(['get', 'secret', ...selector, '--output=jsonpath={.items[0].data.release}']);
    expect(data.length).toBeGreaterThan(0);
    // Kubernetes takes a MiB of data; a quarter is left for values and lists that people add.
    expect(Buffer.from(data, 'base64').length).toBeLessThan(0.75 * 2 ** 20);
  });

  test('leaves no room for a second release, which leaves nothing behind', async () => {
    const before = await objectsIn(stage.monitoring);
    const { code, stderr } = await stage.helm('install', ['second', CHART]);
    expect(code).not.toBe(0);
    expect(stderr).toContain(`belongs to the release "${RELEASE}"`);
    expect(await objectsIn(stage.monitoring)).toEqual(before);
  });

  test('refuses a name with a dot', async () => {
    const before = await objectsIn(stage.monitoring);
    const { code, stderr } = await stage.helm('install', ['tele.metry', CHART]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('The release name "tele.metry" has a dot');
    expect(await objectsIn(stage.monitoring)).toEqual(before);
  });

  test('rolls what an upgrade changes, and nothing else', async () => {
    const first = await stage.pods();
    expect([first.jaeger.length, first.collector.length]).toEqual([1, 1]);
    await stage.deploy('upgrade');
    expect(await stage.pods(), 'no change').toEqual(first);

    await stage.deploy('upgrade', { values: jaegerChange });
    const second = await stage.pods();
    expect(second.collector, "a change of Jaeger's configuration").toEqual(first.collector);
    expect(second.jaeger, "a change of Jaeger's configuration").not.toEqual(first.jaeger);

    await stage.deploy('upgrade', { values: { ...jaegerChange, ...collectorChange } });
    const third = await stage.pods();
    expect(third.jaeger, "a change of the collector's configuration").toEqual(second.jaeger);
    expect(third.collector, "a change of the collector's configuration").not.toEqual(second.collector);
  });

  test('goes to Badger and back, and says that the claim is kept', async () => {
    const there = await stage.deploy('upgrade', { presets: ['badger'] });
    expect(there).toContain('in Badger');
    expect(there).not.toContain(KEPT_CLAIM_WARNING);
    expect(await objectsIn(stage.monitoring)).toContain(KEPT_CLAIM);

    const back = await stage.deploy('upgrade', { presets: ['memory'] });
    expect(back).toContain('in memory');
    expect(back).toContain(KEPT_CLAIM_WARNING);
    const count = () => stage.jaeger.countSpans('spacelift-server');
    await expect.poll(count, { timeout: 120_000, interval: 500 }).toBeGreaterThan(0);
  });

  test('leaves the kept claim alone at its end', async () => {
    await stage.uninstall();
    const left = [...emptyNamespace, KEPT_CLAIM].sort();
    await expect.poll(() => objectsIn(stage.monitoring), { timeout: 120_000, interval: 1000 }).toEqual(left);
  });
});
