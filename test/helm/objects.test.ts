import { beforeAll, describe, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, template } from '../support/helm.ts';
import { judgeObjects, whyNotJudged } from '../support/kubeconform.ts';
import { podOf, violations, withToken } from '../support/pods.ts';
import { alone } from '../support/preset-sets.ts';

let chart: RenderableChart;
let notJudged: string;
beforeAll(async () => {
  chart = await renderableChart();
  notJudged = await whyNotJudged();
});

const [version = '4.3'] = chosenHelms().toReversed();
const cases: [string, string[]][] = [
  ...alone.map(([title, list]): [string, string[]] => [
    title,
    list.map(({ name }) => `chart/presets/${name}.yaml`),
  ]),
  // No preset turns on all three jobs for indices, and the Job that makes the first ones.
  ['rollover', ['test/golden/opensearch-rollover/values.yaml']],
];

describe.each(cases)('with %s', (name, values) => {
  test('every pod is restricted and has resources', async ({ skip }) => {
    if (!chart.real) skip(STUBS);
    const { objects } = await template(version, chart.folder, { values });
    const pods = objects.flatMap((object) => podOf(object) ?? []);
    expect(pods.length).toBeGreaterThanOrEqual(3);
    for (const pod of pods) {
      expect(violations(pod)).toEqual([]);
      for (const { resources } of pod.containers) expect(resources?.limits?.memory).toMatch(/[GM]i$/);
    }
  });

  test('only the pods that connect Spacelift have a token', async ({ skip }) => {
    if (!chart.real) skip(STUBS);
    const { objects } = await template(version, chart.folder, { values });
    const programs = ['connect', 'disconnect', 'move', 'rollback', 'test-connection'];
    const jobs = programs.map((name) => `spacelift-telemetry-${name}`);
    const reconcile = [...jobs, 'spacelift-telemetry-reconcile'];
    const expected = name === 'manual' ? [] : name === 'reconcile' ? reconcile : jobs;
    expect(withToken(objects)).toEqual(expected.sort());
  });

  test('every object is what Kubernetes takes', async ({ skip }) => {
    if (!chart.real) skip(STUBS);
    if (notJudged) skip(notJudged);
    const { objects } = await template(version, chart.folder, { values });
    const judged = await judgeObjects(objects);
    expect(judged.filter(({ status }) => status !== 'statusValid')).toEqual([]);
    expect(judged.length).toBeGreaterThanOrEqual(8);
  });
});

test('the hook may get and patch named objects, get its Job, create Events, and nothing else', async () => {
  const { objects } = await template(version, chart.folder, {
    set: ['spacelift.secrets={a,b}', 'spacelift.deployments={c}', 'spacelift.namespace=elsewhere'],
    namespace: 'monitoring',
  });
  const roles = objects.filter(({ kind }) => /Role$/.test(kind));
  const given = roles.map(({ metadata: { namespace, name }, ...role }) => [
    `${namespace}/${name}`,
    role['rules'],
  ]);
  const events = { apiGroups: [''], resources: ['events'], verbs: ['create'] };
  expect(Object.fromEntries(given)).toEqual({
    'elsewhere/spacelift-telemetry-monitoring': [
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get', 'patch'] },
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['c'], verbs: ['get', 'patch'] },
      events,
    ],
    // `helm test` only looks.
    'elsewhere/spacelift-telemetry-monitoring-test': [
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['c'], verbs: ['get'] },
    ],
    // The Job's own age tells whether an uninstall came after it.
    'monitoring/spacelift-telemetry-hook-events': [
      events,
      {
        apiGroups: ['batch'],
        resources: ['jobs'],
        resourceNames: ['spacelift-telemetry-connect', 'spacelift-telemetry-rollback'],
        verbs: ['get'],
      },
    ],
  });
});

test("a release in Spacelift's own namespace has one Role for the hook and one for its test", async () => {
  const { objects } = await template(version, chart.folder, {
    set: ['spacelift.namespace=spacelift'],
    namespace: 'spacelift',
  });
  expect(objects.filter(({ kind }) => kind === 'Role').map(({ metadata }) => metadata.name)).toEqual([
    'spacelift-telemetry-spacelift',
    'spacelift-telemetry-spacelift-test',
  ]);
});

test.each([
  ['monitoring', 'spacelift-telemetry-monitoring'],
  ['n'.repeat(32), `spacelift-telemetry-${'n'.repeat(32)}`],
  ['n'.repeat(33), `spacelift-telemetry-${'n'.repeat(23)}-`],
  ['n'.repeat(63), `spacelift-telemetry-${'n'.repeat(23)}-`],
])('in namespace %s the Role is called %s', async (namespace, start) => {
  const { objects } = await template(version, chart.folder, { namespace });
  const roles = objects.filter(({ kind, metadata }) => kind === 'Role' && metadata.namespace === 'spacelift');
  const names = roles.map(({ metadata }) => metadata.name);
  const [name = ''] = names;
  expect(names).toEqual([expect.stringMatching(new RegExp(`^${start}`)), `${name}-test`]);
  expect(names[0]?.length).toBeLessThanOrEqual(52);
});

test('pods bear exactly the ports of their purpose, and nothing opens one on the host', async ({ skip }) => {
  if (!chart.real) skip(STUBS);
  const { objects } = await template(version, chart.folder);
  const services = objects.filter(
    ({ kind, metadata }) => kind === 'Service' && metadata.name.endsWith('-collector'),
  );
  const ports = services.map((service) => (service['spec'] as { ports: { port: number }[] }).ports);
  expect(ports.flat().map(({ port }) => port)).toEqual([4317]);
  expect(JSON.stringify(objects)).not.toContain('hostPort');
});
