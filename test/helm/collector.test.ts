import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, helm, type KubernetesObject, template } from '../support/helm.ts';

type Labels = Record<string, string>;
interface Workload extends KubernetesObject {
  spec: {
    template: { metadata: { labels: Labels } };
    volumeClaimTemplates?: { spec: { resources: { requests: { storage: string } } } }[];
  };
}
interface Budget extends KubernetesObject {
  spec: { selector: { matchLabels: Labels } };
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

const ELASTICSEARCH = `
jaeger:
  jaeger: {replicas: 2}
  userconfig:
    extensions:
      jaeger_query: {storage: {traces: shared}}
      jaeger_storage: {backends: {shared: {elasticsearch: {server_urls: ["http://elasticsearch:9200"]}}}}
    exporters: {jaeger_storage_exporter: {trace_storage: shared}}
`;

test('several Jaegers over a storage of their own have a budget that finds their pods', async () => {
  const { objects } = await template(version, chart.folder, { input: ELASTICSEARCH, values: ['-'] });
  const budget = objects.find(({ kind }) => kind === 'PodDisruptionBudget');
  const jaeger = objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('-jaeger'),
  );
  const { selector } = (budget as Budget).spec;
  expect((jaeger as Workload).spec.template.metadata.labels).toMatchObject(selector.matchLabels);
});

test.each([[[]], [['disk-buffer']]])('collectors find each other by one name, with %j', async (presets) => {
  const values = [...presets, 'tail-sampling'].map((name) => `chart/presets/${name}.yaml`);
  const { objects } = await template(version, chart.folder, { values });
  const named = objects.filter(({ metadata }) => metadata.name === `${COLLECTOR}-sampling`) as Service[];
  expect(named.map(({ kind, spec }) => [kind, spec])).toMatchObject([['Service', { clusterIP: 'None' }]]);
  const { workloads } = await collectorWith(...presets);
  expect(workloads[0]?.spec.template.metadata.labels).toMatchObject(named[0]?.spec.selector ?? {});
});

test('a Kubernetes that knows no sleep before the end is told so', async () => {
  const args = ['template', 'test', chart.folder, '--values=chart/presets/high-availability.yaml'];
  const { code, stderr } = await helm(version, [...args, '--kube-version=1.29.4']);
  expect(code).toBe(1);
  expect(stderr).toContain('preStop.sleep needs Kubernetes 1.30, and this is v1.29.4.');
});
