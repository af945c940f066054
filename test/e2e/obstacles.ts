import { tool } from '../../scripts/tools.mjs';
import { apply, kubectl } from '../support/cluster.ts';
import { run } from '../support/processes.ts';

/** A quota that counts memory, and limits that give it to pods which name none. */
export function tight(namespace: string): object[] {
  const metadata = { name: 'tight', namespace };
  const hard = { pods: '6', 'requests.memory': '1Gi', 'limits.memory': '1Gi' };
  const limit = { type: 'Container', default: { memory: '128Mi' }, defaultRequest: { memory: '32Mi' } };
  return [
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } },
    { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [limit] } },
  ];
}

/** No room for one more pod than there are. */
export function full(namespace: string, pods: number): object {
  const metadata = { name: 'full', namespace };
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: `${pods}` } } };
}

/** Whether the cluster can inject containers by a policy: since Kubernetes 1.36. */
export async function hasMutatingPolicies(): Promise<boolean> {
  const version = 'admissionregistration.k8s.io/v1';
  const kinds = ['get', '--raw', `/apis/${version}`];
  const { code, stdout } = await run(await tool('kubectl'), kinds);
  return code === 0 && stdout.includes('"MutatingAdmissionPolicy"');
}

/**
 * Injects a container that never ends into the pods of a namespace, as Istio did before native sidecars: into all but
 * those with its label.
 */
export function injector(namespace: string, image: string): object[] {
  const name = `mesh-${namespace}`;
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };
  const container = 'Object.spec.containers';
  const security = `${container}.securityContext`;
  const secured = `${security}{allowPrivilegeEscalation: false, runAsNonRoot: true,
    capabilities: ${security}.capabilities{drop: ["ALL"]}, seccompProfile: ${security}.seccompProfile{type: "RuntimeDefault"}}`;
  const expression = `[JSONPatch{op: "add", path: "/spec/containers/-", value: ${container}{name: "proxy",
    image: "${image}", args: ["--eval", "setInterval(() => {}, 1000)"], securityContext: ${secured}}}]`;
  const spec = {
    failurePolicy: 'Fail',
    reinvocationPolicy: 'Never',
    matchConstraints: {
      resourceRules: [pods],
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      objectSelector: {
        matchExpressions: [{ key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }],
      },
    },
    mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }],
  };
  const metadata = { name };
  return [
    { apiVersion, kind: 'MutatingAdmissionPolicy', metadata, spec },
    { apiVersion, kind: 'MutatingAdmissionPolicyBinding', metadata, spec: { policyName: name } },
  ];
}

/** A Service that leads to the API server once it is opened; until then its address refuses connections. */
export class ApiDoor {
  readonly #namespace: string;
  readonly #name: string;

  constructor(namespace: string, name: string) {
    this.#namespace = namespace;
    this.#name = name;
  }

  /** @returns what sends a pod that asks for the API server by its name here */
  async build(): Promise<{ hostAliases: object[] }> {
    const metadata = { name: this.#name, namespace: this.#namespace };
    const ports = [{ name: 'https', port: 443 }];
    await apply([{ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports } }]);
    const address = ['get', 'service', this.#name, '--namespace', this.#namespace];
    const ip = await kubectl([...address, '--output=jsonpath={.spec.clusterIP}']);
    return { hostAliases: [{ ip, hostnames: ['kubernetes.default.svc'] }] };
  }

  async open(): Promise<void> {
    const own = ['get', 'endpointslice', 'kubernetes', '--namespace=default', '--output=json'];
    const { addressType, endpoints, ports } = JSON.parse(await kubectl(own));
    const labels = { 'kubernetes.io/service-name': this.#name };
    const metadata = { name: this.#name, namespace: this.#namespace, labels };
    const slice = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata };
    await apply([{ ...slice, addressType, endpoints, ports }]);
  }
}

/** The name that the door answers to, in the API server's certificate on every cluster. */
export const DOOR_ENV = { KUBERNETES_API: 'https://kubernetes.default.svc' };

/** Address of {@link throttling} for its neighbour in a pod. */
export const THROTTLED_ENV = { KUBERNETES_API: 'http://127.0.0.1:8080' };

/**
 * A script that stands before the API server and answers with 429, as one that throttles does. With no seat left for an
 * account the real one still lets its calls through one by one, so it cannot be brought to this.
 *
 * @param calls - how many it answers so; it passes the later ones on
 */
export const throttling = (calls: number) => `
  let left = ${calls};
  const pass = async ({ url, method, headers: { authorization, accept, ...others } }, body) => {
    const headers = { authorization, accept, 'content-type': others['content-type'] ?? 'application/json' };
    return fetch('https://kubernetes.default.svc' + url, { method, headers, ...(body.length > 0 && { body }) });
  };
  require('node:http').createServer(async (request, response) => {
    if (left-- > 0) return response.writeHead(429, { 'retry-after': '1' }).end();
    const answer = await pass(request, Buffer.concat(await request.toArray()));
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(8080, '127.0.0.1');`;

/** Does something while a rule of a Role has other verbs. */
export async function withVerbs<Result>(
  { role, namespace }: { role: string; namespace: string },
  rule: number,
  verbs: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  const it = ['role', role, '--namespace', namespace];
  const before = JSON.parse(await kubectl(['get', ...it, `--output=jsonpath={.rules[${rule}].verbs}`]));
  const set = (value: readonly string[]) => {
    const patch = JSON.stringify([{ op: 'replace', path: `/rules/${rule}/verbs`, value }]);
    return kubectl(['patch', ...it, '--type=json', `--patch=${patch}`]);
  };
  await set(verbs);
  return work().finally(() => set(before));
}

/** Deletes objects of the cluster that no namespace takes with it. */
export async function withdraw(objects: readonly object[]): Promise<void> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  await kubectl(['delete', '--ignore-not-found', '--filename=-'], { input: list });
}
