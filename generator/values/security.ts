/** Security context of a pod that passes the Pod Security level `restricted`. */
export const restrictedPod = {
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
} as const;

/** Security context of a container that passes `restricted`, and cannot write to its image besides. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] as string[] },
} as const;

/**
 * `memory_limiter` for both programs. Percentages of the container's limit, so that a changed limit needs no
 * second change; a check each second is what its authors advise.
 */
export const memoryLimiter = {
  check_interval: '1s',
  limit_percentage: 80,
  spike_limit_percentage: 20,
} as const;
