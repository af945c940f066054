import type { KubernetesObject } from './api-objects.ts';

/** How far the pods of a Deployment are. */
export type Rollout = 'done' | 'running' | 'failing' | 'paused';

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
