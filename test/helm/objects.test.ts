import { execFile } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { schemaLocations } from '../../scripts/kubernetes-schemas.mjs';
import { tool } from '../../scripts/tools.mjs';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, helm, type KubernetesObject, template } from '../support/helm.ts';
import { alone } from '../support/preset-sets.ts';

interface Container {
  name: string;
  securityContext?: Record<string, unknown> & { capabilities?: { drop?: string[] } };
  resources?: { requests?: object; limits?: { memory?: string } };
}
interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  securityContext?: Record<string, unknown> & { seccompProfile?: { type?: string } };
  volumes?: Record<string, unknown>[];
  hostNetwork?: boolean;
  hostPID?: boolean;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
}
interface PodTemplate {
  template?: { spec: PodSpec };
  jobTemplate?: { spec: { template: { spec: PodSpec } } };
}

/** The pod of a Pod, a Deployment, a Job or a CronJob. */
function podOf({ kind, spec }: KubernetesObject): PodSpec | undefined {
  if (kind === 'Pod') return spec as PodSpec;
  const { template: own, jobTemplate } = (spec ?? {}) as PodTemplate;
  return (own ?? jobTemplate?.spec.template)?.spec;
}

/** Names of the objects whose pods get a token for the API server: pod first, then account, then Kubernetes' default. */
function withToken(objects: readonly KubernetesObject[]): string[] {
  const accounts = new Map(
    objects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map((account) => [
        account.metadata.name,
        account['automountServiceAccountToken'] as boolean | undefined,
      ]),
  );
  return objects
    .filter((object) => {
      const pod = podOf(object);
      return pod && (pod.automountServiceAccountToken ?? accounts.get(pod.serviceAccountName ?? '') ?? true);
    })
    .map(({ metadata }) => metadata.name)
    .sort();
}

/** What keeps a pod from the Pod Security level `restricted` (kubernetes.io, Pod Security Standards). */
function violations(pod: PodSpec): string[] {
  const volumeTypes = ['name', 'configMap', 'secret', 'emptyDir', 'projected', 'persistentVolumeClaim'];
  const foreign = (pod.volumes ?? []).flatMap(Object.keys).filter((key) => !volumeTypes.includes(key));
  const containers = [...pod.containers, ...(pod.initContainers ?? [])].flatMap(
    ({ name, securityContext: own }) => [
      ...(own?.['allowPrivilegeEscalation'] === false ? [] : [`${name}: allowPrivilegeEscalation`]),
      ...(own?.capabilities?.drop?.includes('ALL') ? [] : [`${name}: capabilities`]),
      ...(own?.['readOnlyRootFilesystem'] === true ? [] : [`${name}: readOnlyRootFilesystem`]),
    ],
  );
  return [
    ...containers,
    ...foreign,
    ...(pod.securityContext?.['runAsNonRoot'] === true ? [] : ['runAsNonRoot']),
    ...(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['seccompProfile']),
    ...(pod.hostNetwork || pod.hostPID ? ['host namespaces'] : []),
  ];
}

let chart: RenderableChart;
let schemas: Awaited<ReturnType<typeof schemaLocations>>;
beforeAll(async () => {
  chart = await renderableChart();
  schemas = await schemaLocations();
});

const [version = '4.3'] = chosenHelms().toReversed();
const cases = alone.map(
  ([title, list]) => [title, list.map(({ name }) => `chart/presets/${name}.yaml`)] as const,
);

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
    const jobs = ['connect', 'disconnect', 'move'].map((job) => `spacelift-telemetry-${job}`);
    const reconcile = [...jobs, 'spacelift-telemetry-reconcile'];
    const expected = name === 'manual' ? [] : name === 'reconcile' ? reconcile : jobs;
    expect(withToken(objects)).toEqual(expected.sort());
  });

  test('every object is what Kubernetes takes', async ({ skip }) => {
    if (!chart.real) skip(STUBS);
    if (!schemas.args) skip(schemas.reason);
    const { stdout } = await helm(version, [
      'template',
      'test',
      chart.folder,
      ...values.flatMap((file) => ['--values', file]),
    ]);
    const verdict = await kubeconform(stdout, schemas.args ?? []);
    expect(verdict.resources.filter(({ status }) => status !== 'statusValid')).toEqual([]);
    expect(verdict.resources.length).toBeGreaterThanOrEqual(8);
  });
});

test('the hook may get and patch named objects, create Events, and nothing else', async () => {
  const { objects } = await template(version, chart.folder, {
    set: ['spacelift.secrets={a,b}', 'spacelift.deployments={c}', 'spacelift.namespace=elsewhere'],
    namespace: 'monitoring',
  });
  const [role, ...others] = objects.filter(({ kind }) => /Role$/.test(kind) && kind !== 'RoleBinding');
  expect(others).toEqual([]);
  expect(role?.metadata).toMatchObject({ name: 'spacelift-telemetry-monitoring', namespace: 'elsewhere' });
  expect(role?.['rules']).toEqual([
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get', 'patch'] },
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['c'], verbs: ['get', 'patch'] },
    { apiGroups: [''], resources: ['events'], verbs: ['create'] },
  ]);
});

test.each([
  ['monitoring', 'spacelift-telemetry-monitoring'],
  ['n'.repeat(32), `spacelift-telemetry-${'n'.repeat(32)}`],
  ['n'.repeat(33), `spacelift-telemetry-${'n'.repeat(23)}-`],
  ['n'.repeat(63), `spacelift-telemetry-${'n'.repeat(23)}-`],
])('in namespace %s the Role is called %s', async (namespace, start) => {
  const { objects } = await template(version, chart.folder, { namespace });
  const names = objects.filter(({ kind }) => kind === 'Role').map(({ metadata }) => metadata.name);
  expect(names).toEqual([expect.stringMatching(new RegExp(`^${start}`))]);
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

async function kubeconform(manifests: string, locations: readonly string[]) {
  const path = await tool('kubeconform');
  return new Promise<{ resources: { kind: string; status: string; msg: string }[] }>((resolve, reject) => {
    const child = execFile(
      path,
      ['-strict', '-verbose', '-output', 'json', ...locations],
      (error, stdout, stderr) => {
        if (stdout) resolve(JSON.parse(stdout));
        else reject(error ?? new Error(stderr));
      },
    );
    child.stdin?.end(manifests);
  });
}
