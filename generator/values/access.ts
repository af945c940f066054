import type { NetworkPolicyValues, UiValues } from '../../schema/types/values.ts';

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

/** The base values of `ui`: no way in from outside. */
export function uiValues(): UiValues {
  return { loadBalancer: { enabled: false, annotations: {}, sourceRanges: [] } };
}
