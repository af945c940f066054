import type { KubernetesObject } from './api-objects.ts';

/** How far the pods of a Deployment are. */
export type Rollout = 'done' | 'running' | 'failing' | 'paused';

/** A rollout that is not done, and how far it is. */
export interface Unfinished {
  readonly rollout: Exclude<Rollout, 'done'>;
  /** A part of a sentence. */
  readonly progress: string;
}

/** The longest part of a condition's message that is told. */
const LONGEST = 200;

/** How many pods are new, and why there are no more, where the Deployment itself says so. */
export function progressOf({ spec = {}, status = {} }: KubernetesObject): string {
  const { updatedReplicas = 0, availableReplicas = 0, conditions = [] } = status;
  const counts = `${updatedReplicas} of ${spec.replicas ?? 1} pods are new, ${availableReplicas} are available`;
  const failure = conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  if (failure === undefined) return counts;
  const message = (failure.message ?? failure.reason ?? '').replaceAll(/\s+/g, ' ').slice(0, LONGEST);
  return `${counts}, and Kubernetes makes no more (${message})`;
}

/**
 * Judges a rollout as `kubectl rollout status` does (kubernetes/kubectl,
 * pkg/polymorphichelpers/rollout_status.go).
 */
export function rolloutOf({ metadata, spec = {}, status = {} }: KubernetesObject): Rollout {
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0, conditions = [] } = status;
  if (spec.paused) return 'paused';
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return 'running';
  if (
    conditions.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded')
  ) {
    return 'failing';
  }
  const wanted = spec.replicas ?? 1;
  const complete = updatedReplicas >= wanted && replicas <= updatedReplicas;
  return complete && availableReplicas >= updatedReplicas ? 'done' : 'running';
}
