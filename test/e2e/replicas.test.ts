import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { rolledOut } from '../support/cluster.ts';
import { askPod, evict, readyAddresses, readyPods } from '../support/running-pods.ts';
import { type SpanLoad, spanCount } from '../support/spans.ts';
import { helms, whyNot } from './settings.ts';
import { Stage } from './stage.ts';

const several = ['badger', 'high-availability'];
/** Ten seconds after the last span, and not thirty, so that the tests wait less. */
const soon = { otelcol: { alternateConfig: { processors: { tail_sampling: { decision_wait: '10s' } } } } };
const missing = await whyNot();

describe.skipIf(missing).each(helms.slice(-1))(
  `a release with two collectors, by Helm %s${missing}`,
  (version) => {
    const stage = new Stage(version);
    beforeAll(async () => {
      await stage.setUp();
      await stage.deploy('install', { presets: several });
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(() => stage.tearDown('the release with two collectors'));

    const collectors = () => readyPods(stage.monitoring, 'otelcol');
    const count = ({ service }: SpanLoad) => stage.jaeger.countSpans(service);
    const expectAll = (load: SpanLoad) =>
      expect.poll(() => count(load), { timeout: 120_000, interval: 1000 }).toBe(spanCount(load));

    test('loses nothing when a node is drained, and lets only one of them go at a time', async () => {
      const load = { service: 'drained', traces: 2000, childSpans: 4, rate: 500, patience: 60 };
      await stage.startSending(load);
      await expect.poll(() => count(load), { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
      const [one = '', other = ''] = await collectors();
      expect(await evict(stage.monitoring, one)).toBe('');
      expect(await evict(stage.monitoring, other)).toContain("would violate the pod's disruption budget");
      await rolledOut(stage.monitoring, model.names.collector);
      expect(await evict(stage.monitoring, other)).toBe('');
      await stage.sent(load);
      await expectAll(load);
      await rolledOut(stage.monitoring, model.names.collector);
    });

    test('samples whole traces, whichever collector their spans come in at', async () => {
      await stage.deploy('upgrade', { presets: [...several, 'tail-sampling'], values: soon });
      const before = await knowEachOther(stage);
      const errors = { service: 'errors', traces: 100, childSpans: 3, status: 'Error' as const };
      const rest = { service: 'rest', traces: 1000, childSpans: 3 };
      await stage.startSending(errors);
      await stage.startSending(rest);
      await stage.sent(errors);
      await stage.sent(rest);
      await expectAll(errors);
      // The rest came later than the errors, so it is decided on later.
      const after = await undecidedNoMore(stage);
      const judged = after.map(({ pod, judged }, at) => ({
        pod,
        traces: judged - (before[at]?.judged ?? 0),
      }));
      // Each of them once, by the one that it belongs to.
      expect(sum(judged.map(({ traces }) => traces))).toBe(errors.traces + rest.traces);
      for (const { pod, traces } of judged)
        expect(traces, `traces judged by ${pod}`).toBeGreaterThan(rest.traces / 5);
      const sampled = sum(after.map((one) => one.sampled)) - sum(before.map((one) => one.sampled));
      expect(sampled - errors.traces).toBeLessThan(rest.traces / 4);
      await expectAll({ ...rest, traces: sampled - errors.traces });
    });
  },
);

/**
 * Sends to each collector until both have passed traces on to both: after a rollout they learn the new addresses from
 * DNS some seconds later, and a trace on its way in that moment is judged in two parts.
 */
async function knowEachOther(stage: Stage): Promise<Verdicts[]> {
  const pods = await readyAddresses(stage.monitoring, 'otelcol');
  const { port } = new URL(stage.endpoint);
  const passedOn = async ({ name }: { name: string }) => {
    const metrics = await metricsOf(stage, name);
    return pods.every(({ ip }) => {
      const endpoint = `endpoint="${ip}:${model.ports.sampling}"`;
      return total(metrics, 'otelcol_loadbalancer_backend_outcome', endpoint, 'success="true"') > 0;
    });
  };
  for (let round = 0, known = false; !known; round++) {
    const service = (at: number) => `first-${round}-${at}`;
    const loads = pods.map((_, at) => ({ service: service(at), traces: 1000, childSpans: 1, rate: 100 }));
    for (const [at, load] of loads.entries()) await stage.startSending(load, `${pods[at]?.ip}:${port}`);
    for (const load of loads) await stage.sent(load);
    known = (await Promise.all(pods.map(passedOn))).every(Boolean);
  }
  return undecidedNoMore(stage);
}

interface Verdicts {
  pod: string;
  /** Traces decided on. */
  judged: number;
  /** Those of them that were let through. */
  sampled: number;
}

/** What each collector has decided, as soon as no trace waits for it. */
async function undecidedNoMore(stage: Stage): Promise<Verdicts[]> {
  const read = async () => {
    const pods = await readyPods(stage.monitoring, 'otelcol');
    return Promise.all(pods.map(async (pod) => ({ pod, metrics: await metricsOf(stage, pod) })));
  };
  const waiting = async () =>
    sum((await read()).map(({ metrics }) => total(metrics, `${SAMPLING}_sampling_traces_on_memory`)));
  await expect.poll(waiting, { timeout: 120_000, interval: 1000 }).toBe(0);
  return (await read()).map(({ pod, metrics }) => ({
    pod,
    judged: total(metrics, `${SAMPLING}_global_count_traces_sampled`),
    sampled: total(metrics, `${SAMPLING}_global_count_traces_sampled`, 'sampled="true"'),
  }));
}

const SAMPLING = 'otelcol_processor_tail_sampling';

const metricsOf = (stage: Stage, pod: string) =>
  askPod(stage.monitoring, pod, model.ports.metrics, '/metrics');

/** The sum of a metric over all its label sets that have these labels. */
function total(metrics: string, name: string, ...labels: string[]): number {
  const lines = metrics
    .split('\n')
    .filter((line) => line.startsWith(name) && /^[{ ]/.test(line.slice(name.length)));
  const chosen = lines.filter((line) => labels.every((label) => line.includes(label)));
  return sum(chosen.map((line) => Number(line.split(' ').at(-1))));
}

const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);
