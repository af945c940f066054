import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, type KubernetesObject, template } from '../support/helm.ts';

type Labels = Record<string, string>;
interface Workload extends KubernetesObject {
  spec: {
    template: { metadata: { labels: Labels } };
    volumeClaimTemplates?: { spec: { resources: { requests: { storage: string } } } }[];
  };
}
interface Service extends KubernetesObject {
  spec: { selector: Labels };
}

let chart: RenderableChart;
beforeAll(async () => {
  chart = await renderableChart();
});
beforeEach(({ skip }) => {
  if (!chart.real) skip(STUBS);
});

const COLLECTOR = 'spacelift-telemetry-collector';
const [version = '4.3'] = chosenHelms().toReversed();

async function collectorWith(...presets: string[]) {
  const values = presets.map((name) => `chart/presets/${name}.yaml`);
  const { objects } = await template(version, chart.folder, { values });
  const own = objects.filter(({ metadata }) => metadata.name === COLLECTOR);
  const workloads = own.filter(({ kind }) => /^(Deployment|StatefulSet|DaemonSet)$/.test(kind));
  const service = own.find(({ kind }) => kind === 'Service') as Service;
  return { workloads: workloads as Workload[], service };
}

const modes: [kind: string, presets: string[]][] = [
  ['Deployment', []],
  ['StatefulSet', ['disk-buffer']],
];

test.each(modes)('the collector is one %s, and its Service finds its pods', async (kind, presets) => {
  const { workloads, service } = await collectorWith(...presets);
  expect(workloads.map((workload) => workload.kind)).toEqual([kind]);
  expect(workloads[0]?.spec.template.metadata.labels).toMatchObject(service.spec.selector);
});
