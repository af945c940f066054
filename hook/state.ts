import type { Container, KubernetesObject, ManagedFields } from './api-objects.ts';
import { hasAllData } from './appliers.ts';
import { applierOf, type Keeper, keeperOf } from './keeper.ts';
import { ANNOTATION, KEYS, type Key, MANAGER } from './names.ts';
import { progressOf, type Rollout, rolloutOf } from './rollout.ts';

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
  /** The controller that makes all of the Secret, annotations included. */
  readonly keeper: Keeper | undefined;
  /** Others that apply a key, and would put their value back. */
  readonly appliedBy: Readonly<Partial<Record<Key, Keeper>>>;
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
  /** How far a rollout is that is not done: a part of a sentence. */
  readonly progress: string;
  readonly containers: readonly Container[];
}

/** Reads a Secret; keys that are not ours go no further than this. */
export function secretState(name: string, { metadata, data = {}, immutable }: KubernetesObject): SecretState {
  const ours = KEYS.flatMap((key) => (data[key] === undefined ? [] : [[key, data[key]]]));
  const { uid, resourceVersion, annotations = {}, managedFields = [] } = metadata;
  const applied = KEYS.flatMap((key) => {
    const entries = managedFields.filter((entry) => has(entry, key));
    const applier = entries.map((entry) => applierOf(entry, metadata)).find((one) => one !== undefined);
    return applier === undefined ? [] : [[key, applier]];
  });
  return {
    name,
    uid,
    resourceVersion,
    annotations,
    immutable: immutable === true,
    data: Object.fromEntries(ours),
    keeper: keeperOf(metadata),
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
    progress: progressOf(object),
    containers: object.spec?.template?.spec?.containers ?? [],
  };
}

/** Place of the entry that our merge patches leave in `managedFields`; -1 for none. */
export function ourEntry(managedFields: readonly ManagedFields[]): number {
  return managedFields.findIndex(({ manager, operation }) => manager === MANAGER && operation === 'Update');
}

/** Owners that apply `stringData` are recorded under that name, measured on Kubernetes 1.36. */
function has(entry: ManagedFields, key: Key): boolean {
  if (hasAllData(entry)) return true;
  return ['f:data', 'f:stringData'].some((field) => entry.fieldsV1?.[field]?.[`f:${key}`] !== undefined);
}
