import { execFile } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../../generator/index.ts';
import { schemaLocations } from '../../scripts/kubernetes-schemas.mjs';
import { tool } from '../../scripts/tools.mjs';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, helm, type KubernetesObject, template } from '../support/helm.ts';

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
}

const podOf = (object: KubernetesObject) =>
  (object['spec'] as { template?: { spec: PodSpec } } | undefined)?.template?.spec;

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
const cases = [['no preset', []], ...presets.map(({ name }) => [name, [`chart/presets/${name}.yaml`]])] as [
  string,
  string[],
][];

describe.each(cases)('with %s', (_, values) => {
  test('every pod is restricted, has resources and no token', async ({ skip }) => {
    if (!chart.real) skip(STUBS);
    const { objects } = await template(version, chart.folder, { values });
    const pods = objects.flatMap((object) => podOf(object) ?? []);
    expect(pods).toHaveLength(2);
    for (const pod of pods) {
      expect(violations(pod)).toEqual([]);
      for (const { resources } of pod.containers) expect(resources?.limits?.memory).toMatch(/Gi$/);
    }
    // One chart switches the token off in the pod, the other in the account.
    const switches = objects.flatMap((object) =>
      [podOf(object), object.kind === 'ServiceAccount' ? object : []].flat(),
    );
    const off = switches.filter((place) => place && 'automountServiceAccountToken' in place);
    expect(off.map((place) => place?.['automountServiceAccountToken' as never])).toEqual([false, false]);
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
