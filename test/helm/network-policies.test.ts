import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, STUBS, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm, type KubernetesObject, template } from '../support/helm.ts';
import { allows, type Endpoint, policiesOf } from '../support/network-policies.ts';
import { alone } from '../support/preset-sets.ts';

const [version = '4.3'] = chosenHelms().toReversed();
const POLICIES = 'chart/presets/network-policy.yaml';
const namespace = 'monitoring';

interface Template {
  metadata: { labels: Record<string, string> };
}
interface Spec {
  template?: Template;
  jobTemplate?: { spec: { template: Template } };
}

/** The pods of all rendered objects by the object's name; those without a namespace go into the release's. */
function podsOf(objects: readonly KubernetesObject[]): Record<string, Endpoint> {
  const found = objects.flatMap(({ kind, metadata, spec }): [string, Endpoint][] => {
    const { template: own, jobTemplate } = (spec ?? {}) as Spec;
    const labels = kind === 'Pod' ? metadata.labels : (own ?? jobTemplate?.spec.template)?.metadata.labels;
    return labels ? [[metadata.name, { namespace: metadata.namespace ?? namespace, labels }]] : [];
  });
  return Object.fromEntries(found);
}

let chart: RenderableChart;
const folder = temporaryFolder();
beforeAll(async () => {
  chart = await renderableChart();
});

async function rendered(values: readonly string[], set: readonly string[] = []) {
  const { objects } = await template(version, chart.folder, {
    values: [...values, POLICIES],
    set,
    namespace,
  });
  const pods = podsOf(objects);
  const pod = (name: string): Endpoint => {
    const found = pods[`spacelift-telemetry-${name}`];
    if (!found) throw new Error(`no pod ${name} among ${Object.keys(pods).join(', ')}`);
    return found;
  };
  return { objects, pods, pod };
}

const cases: [string, string[], string[]?][] = [
  ['no other preset', []],
  ...alone
    .slice(1)
    .map(([title, list]): [string, string[]] => [
      title,
      list.map(({ name }) => `chart/presets/${name}.yaml`),
    ]),
  ['all jobs for indices', ['test/golden/opensearch-rollover/values.yaml']],
  ['a StatefulSet', [], ['otelcol.mode=statefulset']],
  ['other names of the subcharts', [], ['otelcol.nameOverride=gateway', 'jaeger.nameOverride=tracing']],
];

describe('with NetworkPolicies and', () => {
  test.for(cases)(
    '%s, one policy selects each pod, and what must go through does',
    async ([, values, set], { skip }) => {
      if (!chart.real) skip(STUBS);
      const { objects, pods, pod } = await rendered(values, set);
      expect(Object.keys(pods).length).toBeGreaterThanOrEqual(3);
      for (const [name, endpoint] of Object.entries(pods))
        expect([name, policiesOf(endpoint, objects).length]).toEqual([name, 1]);

      const [collector, jaeger, verify] = [pod('collector'), pod('jaeger'), pod('test')];
      const spacelift = { namespace: 'spacelift', labels: {} };
      const outside = {};
      const goes = (from: Endpoint, to: Endpoint, port: number, protocol?: 'TCP' | 'UDP') =>
        allows(objects, { from, to, port, ...(protocol && { protocol }) });
      expect(goes(spacelift, collector, 4317)).toBe(true);
      expect(goes(collector, jaeger, 4317)).toBe(true);
      expect(goes(collector, collector, 4319)).toBe(true);
      expect(goes(verify, collector, 4317)).toBe(true);
      expect(goes(verify, jaeger, 16686)).toBe(true);
      for (const [name, one] of Object.entries(pods)) {
        expect([name, goes(one, { namespace: 'kube-system', labels: {} }, 53, 'UDP')]).toEqual([name, true]);
        // A storage, a backend for metrics: any address and port.
        const free = /collector$|jaeger/.test(name);
        expect([name, goes(one, outside, 9200)]).toEqual([name, free]);
      }
      const hooks = Object.entries(pods).filter(([name]) =>
        /-(connect|disconnect|move|reconcile)$/.test(name),
      );
      for (const [name, hook] of hooks) {
        expect([name, goes(hook, collector, 4317)]).toEqual([name, true]);
        expect([name, goes(hook, outside, 6443), goes(hook, outside, 443)]).toEqual([name, true, true]);
        expect([name, goes(hook, jaeger, 16686), goes(hook, outside, 80)]).toEqual([name, false, false]);
      }
      expect(goes(verify, outside, 6443)).toBe(false);

      const stranger = { namespace: 'shop', labels: {} };
      for (const one of Object.values(pods))
        for (const port of [4317, 4318, 4319, 8888, 16685, 16686])
          expect(goes(stranger, one, port)).toBe(false);
      expect(goes(spacelift, jaeger, 4317)).toBe(false);
      expect(goes(spacelift, jaeger, 16686)).toBe(false);
    },
  );

  test('named peers, they come in where they are named, and pods connect where they are told to alone', async ({
    skip,
  }) => {
    if (!chart.real) skip(STUBS);
    const label = (name: string) =>
      `[{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ${name}}}}]`;
    const file = join(folder, 'peers.yaml');
    writeFileSync(
      file,
      `spacelift: {namespace: elsewhere}
networkPolicy:
  collector: {from: ${label('shop')}, egress: [{to: ${label('kafka')}, ports: [{port: 9092}]}]}
  jaeger: {from: ${label('ingress-nginx')}, egress: [{to: ${label('databases')}, ports: [{port: 9200}]}]}
  metrics: {from: ${label('prometheus')}}
  hook: {egress: [{ports: [{port: 16443}]}]}
`,
    );
    const { objects, pod } = await rendered(['chart/presets/opensearch.yaml', file]);
    const [collector, jaeger, hook, cleaner] = [
      'collector',
      'jaeger',
      'connect',
      'jaeger-es-index-cleaner',
    ].map(pod);
    const at = (name: string): Endpoint => ({ namespace: name, labels: {} });
    const taken = (from: Endpoint | undefined, to: Endpoint | undefined, port: number) =>
      allows(objects, { from: from ?? {}, to: to ?? {}, port });
    const expected: [Endpoint | undefined, Endpoint | undefined, number, boolean][] = [
      [at('elsewhere'), collector, 4317, true],
      [at('spacelift'), collector, 4317, false],
      [at('shop'), collector, 4317, true],
      [at('shop'), jaeger, 16686, false],
      [at('ingress-nginx'), jaeger, 16686, true],
      [at('ingress-nginx'), jaeger, 8888, false],
      [at('ingress-nginx'), collector, 4317, false],
      [at('prometheus'), jaeger, 8888, true],
      [at('prometheus'), collector, 8888, true],
      [at('prometheus'), collector, 4317, false],
      [collector, jaeger, 4317, true],
      [collector, at('kafka'), 9092, true],
      [collector, at('databases'), 9200, false],
      [jaeger, at('databases'), 9200, true],
      [jaeger, at('kafka'), 9092, false],
      [cleaner, at('databases'), 9200, true],
      [cleaner, at('kafka'), 9092, false],
      [hook, {}, 16443, true],
      [hook, {}, 6443, false],
      [hook, collector, 4317, true],
    ];
    expect(expected.map(([from, to, port]) => taken(from, to, port))).toEqual(
      expected.map(([, , , is]) => is),
    );
  });

  test('a load balancer that nobody may come from, the notes warn', async () => {
    const args = [
      'install',
      'test',
      chart.folder,
      '--dry-run=client',
      '--namespace',
      namespace,
      '--values',
      POLICIES,
    ];
    const env = { KUBECONFIG: '/dev/null' };
    const ingress = ['--set', 'ui.loadBalancer.enabled=true'];
    const named = ['--set', 'networkPolicy.jaeger.from[0].ipBlock.cidr=10.0.0.0/8'];
    const notes = async (...more: string[]) => (await helm(version, [...args, ...more], { env })).stdout;
    const warning =
      'WARNING: the UI has a way in from outside, and the NetworkPolicy of Jaeger lets nobody in.';
    expect(await notes(...ingress)).toContain(warning);
    for (const said of [await notes(...ingress, ...named), await notes()]) {
      expect(said).toContain('networkPolicy=network-policy');
      expect(said).not.toContain('WARNING');
    }
  });

  test('no preset, there is no policy', async () => {
    const { objects } = await template(version, chart.folder, { namespace });
    expect(objects.filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
  });
});
