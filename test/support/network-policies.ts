import type { KubernetesObject } from './helm.ts';

/** One end of a connection: a pod, or an address outside the cluster where there are no labels. */
export interface Endpoint {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What a program opens: from where, to where, by TCP unless it says otherwise. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}
interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: object;
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port?: number | string; protocol?: string }[];
}
interface Policy {
  podSelector: Selector;
  policyTypes: ('Ingress' | 'Egress')[];
  ingress?: Rule[];
  egress?: Rule[];
}

/** The policies among rendered objects that select a pod. */
export function policiesOf(pod: Endpoint, objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter(
    ({ kind, metadata, spec }) =>
      kind === 'NetworkPolicy' &&
      metadata.namespace === pod.namespace &&
      selects((spec as Policy).podSelector, pod.labels),
  );
}

/**
 * Whether Kubernetes lets a connection through (kubernetes.io, "Network Policies"): both ends must allow it, and an end
 * that no policy of the direction selects allows everything. Namespaces have the one label that Kubernetes gives them.
 */
export function allows(objects: readonly KubernetesObject[], connection: Connection): boolean {
  return end(objects, 'Egress', connection) && end(objects, 'Ingress', connection);
}

function end(objects: readonly KubernetesObject[], direction: 'Ingress' | 'Egress', connection: Connection) {
  const [pod, other] =
    direction === 'Egress' ? [connection.from, connection.to] : [connection.to, connection.from];
  const policies = policiesOf(pod, objects)
    .map(({ spec }) => spec as Policy)
    .filter(({ policyTypes }) => policyTypes.includes(direction));
  const rules = policies.flatMap(({ ingress = [], egress = [] }) =>
    direction === 'Egress' ? egress : ingress,
  );
  return policies.length === 0 || rules.some((rule) => admits(rule, pod, other, connection));
}

function admits({ from, to, ports }: Rule, pod: Endpoint, other: Endpoint, connection: Connection): boolean {
  const peers = from ?? to ?? [];
  const { port, protocol = 'TCP' } = connection;
  const portFits = (ports ?? []).some((one) => one.port === port && (one.protocol ?? 'TCP') === protocol);
  return (
    (!ports || portFits) && (peers.length === 0 || peers.some((peer) => isPeer(peer, other, pod.namespace)))
  );
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, other: Endpoint, own = ''): boolean {
  if (ipBlock) throw new Error('no address is known here: an ipBlock cannot be judged');
  if (other.namespace === undefined) return false;
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace })
    : other.namespace === own;
  return inNamespace && (!podSelector || selects(podSelector, other.labels));
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Endpoint['labels'] = {}) {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const has = key in labels;
      const listed = has && values.includes(labels[key] ?? '');
      const verdict = { In: listed, NotIn: !listed, Exists: has, DoesNotExist: !has }[operator];
      if (verdict === undefined) throw new Error(`no operator ${operator}`);
      return verdict;
    })
  );
}
