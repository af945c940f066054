import type { Container } from '../../hook/api-objects.ts';
import type { ManagedEntry } from './fake-fields.ts';

/** An object as the API server keeps it. */
export interface Stored {
  kind: 'Secret' | 'Deployment' | 'Job';
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    generation?: number;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    ownerReferences?: { apiVersion: string; kind: string; name: string; controller?: boolean }[];
    managedFields?: ManagedEntry[];
  };
  data?: Record<string, string>;
  immutable?: boolean;
  spec?: {
    paused?: boolean;
    replicas: number;
    template: {
      metadata: { annotations?: Record<string, string> };
      spec?: { containers: Container[] };
    };
  };
  status?: object;
}

/** How a Deployment's rollouts go: at once, never, or failing. */
export type RolloutPlay = 'done' | 'stuck' | 'failing';

export const NAMESPACE = 'spacelift';

/** When the fake's clock begins; objects are an hour older. */
export const EPOCH = Date.parse('2026-11-23T10:00:00Z');

export const base64 = (text: string) => Buffer.from(text).toString('base64');
export const plain = (encoded: string | undefined) =>
  encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();

/** A Secret as the guides make it, with keys that are nobody's business. */
export function secret(name: string, values: Record<string, string>): Stored {
  const all = { DATABASE_URL: 'postgres://user:hunter2@db/spacelift', LICENSE_TOKEN: 'licence', ...values };
  return {
    kind: 'Secret',
    metadata: metadata(name),
    data: Object.fromEntries(Object.entries(all).map(([key, value]) => [key, base64(value)])),
  };
}

/** A Deployment that runs well. */
export function deployment(name: string): Stored {
  return {
    kind: 'Deployment',
    metadata: { ...metadata(name), generation: 1 },
    spec: { replicas: 3, template: { metadata: {} } },
    status: statusOf(1, 'done'),
  };
}

/** What the controller says of a generation. */
export function statusOf(generation: number, play: RolloutPlay): object {
  const done = { observedGeneration: generation, replicas: 3, updatedReplicas: 3, availableReplicas: 3 };
  if (play === 'done') return done;
  const reason = play === 'failing' ? 'ProgressDeadlineExceeded' : 'ReplicaSetUpdated';
  return { ...done, updatedReplicas: 1, conditions: [{ type: 'Progressing', reason }] };
}

function metadata(name: string) {
  const creationTimestamp = new Date(EPOCH - 3_600_000).toISOString();
  return { name, namespace: NAMESPACE, uid: `uid-${name}`, resourceVersion: '1', creationTimestamp };
}
