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

/**
 * How many pods are new and how many old, and why there are no more, where the Deployment itself says so. It does
 * not say which of them are available, only how many of all.
 */
export function progressOf(deployment: KubernetesObject): string {
  const { spec = {}, status = {} } = deployment;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0, conditions = [] } = status;
  if (isUnseen(deployment)) return 'Kubernetes has not begun it';
  const made = `${updatedReplicas} of ${spec.replicas ?? 1} new pods made`;
  const old = replicas - updatedReplicas;
  const available =
    old > 0
      ? `${old} old left, ${availableReplicas} available in all`
      : `${availableReplicas} of them available`;
  const counts = `${made}, ${available}`;
  const failure = conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  if (failure === undefined) return counts;
  const message = (failure.message ?? failure.reason ?? '').replaceAll(/\s+/g, ' ').slice(0, LONGEST);
  return `${counts}, and Kubernetes makes no more (${message})`;
}

/**
 * Judges a rollout as `kubectl rollout status` does (kubernetes/kubectl,
 * pkg/polymorphichelpers/rollout_status.go).
 */
export function rolloutOf(deployment: KubernetesObject): Rollout {
  const { spec = {}, status = {} } = deployment;
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0, conditions = [] } = status;
  if (spec.paused) return 'paused';
  if (isUnseen(deployment)) return 'running';
  if (
    conditions.some(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded')
  ) {
    return 'failing';
  }
  const wanted = spec.replicas ?? 1;
  const complete = updatedReplicas >= wanted && replicas <= updatedReplicas;
  return complete && availableReplicas >= updatedReplicas ? 'done' : 'running';
}

/** Whether the status is still that of an earlier specification. */
function isUnseen({ metadata, status = {} }: KubernetesObject): boolean {
  return (metadata.generation ?? 0) > (status.observedGeneration ?? 0);
}
