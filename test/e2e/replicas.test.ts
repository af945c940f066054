import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { rolledOut } from '../support/cluster.ts';
import { askPod, evict, readyPods } from '../support/running-pods.ts';
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
      const errors = { service: 'errors', traces: 100, childSpans: 3, status: 'Error' as const };
      const rest = { service: 'rest', traces: 1000, childSpans: 3 };
      await stage.startSending(errors);
      await stage.startSending(rest);
      await stage.sent(errors);
      await stage.sent(rest);
      await expectAll(errors);
      // The rest came later than the errors, so it is decided on later. None of them is decided on twice.
      const traces = errors.traces + rest.traces;
      const judgements = async () => Promise.all((await collectors()).map((pod) => judged(stage, pod)));
      await expect
        .poll(async () => sum((await judgements()).map(({ all }) => all)), {
          timeout: 60_000,
          interval: 1000,
        })
        .toBe(traces);
      // One sender keeps to one collector; half of its traces are the other's to judge.
      const judges = await judgements();
      for (const { pod, all } of judges) expect(all, `traces judged by ${pod}`).toBeGreaterThan(traces / 5);
      const sampled = sum(judges.map((one) => one.sampled)) - errors.traces;
      expect(sampled).toBeLessThan(rest.traces / 4);
      await expectAll({ ...rest, traces: sampled });
    });
  },
);

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** How many traces a collector has decided on, and how many of them it let through. */
async function judged(stage: Stage, pod: string) {
  const metrics = await askPod(stage.monitoring, pod, model.ports.metrics, '/metrics');
  const lines = metrics
    .split('\n')
    .filter((line) => line.startsWith('otelcol_processor_tail_sampling_global_count'));
  const total = (some: string[]) => sum(some.map((line) => Number(line.split(' ').at(-1))));
  return { pod, all: total(lines), sampled: total(lines.filter((line) => line.includes('sampled="true"'))) };
}
