import type { KubernetesObject, ManagedFields } from './api-objects.ts';
import { ANNOTATION, KEYS, type Key, MANAGER } from './names.ts';
import { type Rollout, rolloutOf } from './rollout.ts';

/**
 * What is known of a Secret: of its data only the two keys that are ours to set, encoded as they are there.
 */
export interface SecretState {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly immutable: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: Readonly<Partial<Record<Key, string>>>;
  /** Managers of others that apply a key on the server's side, and would put their value back. */
  readonly appliedBy: Readonly<Partial<Record<Key, string>>>;
  /**
   * Whether the API server holds us for the owner of a field, which breaks the next apply of the true owner.
   */
  readonly owned: boolean;
}

/** What is known of a Deployment. */
export interface DeploymentState {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Our annotation on the Deployment itself: what its pods have been restarted for. */
  readonly marker: string | undefined;
  readonly rollout: Rollout;
}

/** Reads a Secret; keys that are not ours go no further than this. */
export function secretState(name: string, { metadata, data = {}, immutable }: KubernetesObject): SecretState {
  const ours = KEYS.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]]));
  const { uid, resourceVersion, annotations = {}, managedFields = [] } = metadata;
  const applied = KEYS.flatMap((key) => {
    const manager = managedFields.find((entry) => applies(entry, key))?.manager;
    return manager === undefined ? [] : [[key, manager]];
  });
  return {
    name,
    uid,
    resourceVersion,
    annotations,
    immutable: immutable === true,
    data: Object.fromEntries(ours),
    appliedBy: Object.fromEntries(applied),
    owned: ourEntry(managedFields) >= 0,
  };
}

/** Reads a Deployment. */
export function deploymentState(name: string, object: KubernetesObject): DeploymentState {
  const { uid, resourceVersion, creationTimestamp, annotations = {} } = object.metadata;
  const marker = annotations[ANNOTATION.marker];
  return {
    name,
    uid,
    resourceVersion,
    marker,
    created: Date.parse(creationTimestamp),
    rollout: rolloutOf(object),
  };
}

/** Place of the entry that our merge patches leave in `managedFields`; -1 for none. */
export function ourEntry(managedFields: readonly ManagedFields[]): number {
  return managedFields.findIndex(({ manager, operation }) => manager === MANAGER && operation === 'Update');
}

/** Owners that write `stringData` are recorded under that name, measured on Kubernetes 1.36. */
function applies({ manager, operation, fieldsV1 }: ManagedFields, key: Key): boolean {
  if (operation !== 'Apply' || manager === MANAGER) return false;
  return ['f:data', 'f:stringData'].some((field) => fieldsV1?.[field]?.[`f:${key}`] !== undefined);
}
