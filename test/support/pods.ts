import type { KubernetesObject } from './helm.ts';

interface Container {
  name: string;
  securityContext?: Record<string, unknown> & { capabilities?: { drop?: string[] } };
  resources?: { requests?: object; limits?: { memory?: string } };
}
/** What is judged of a pod. */
export interface PodSpec {
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
export function podOf({ kind, spec }: KubernetesObject): PodSpec | undefined {
  if (kind === 'Pod') return spec as PodSpec;
  const { template: own, jobTemplate } = (spec ?? {}) as PodTemplate;
  return (own ?? jobTemplate?.spec.template)?.spec;
}

/** Names of the objects whose pods get a token for the API server: pod first, then account, then Kubernetes' default. */
export function withToken(objects: readonly KubernetesObject[]): string[] {
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
export function violations(pod: PodSpec): string[] {
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
