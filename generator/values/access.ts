import type { NetworkPolicyValues } from '../../schema/types/values.ts';

/** The base values of `networkPolicy`: none, and nobody but Spacelift where somebody turns them on. */
export function networkPolicyValues(): NetworkPolicyValues {
  return {
    enabled: false,
    collector: { from: [], egress: [] },
    jaeger: { from: [], egress: [] },
    metrics: { from: [] },
    hook: { egress: [] },
  };
}
