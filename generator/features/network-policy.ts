import type { NetworkPolicyConfig } from '../../schema/types/telemetry-config.ts';
import type { Feature } from './feature.ts';

/** NetworkPolicies: templates of our own, which read the section as it is. */
export const networkPolicy: Feature<NetworkPolicyConfig> = {
  overlay: (section) => ({
    presets: { networkPolicy: 'network-policy' },
    networkPolicy: { ...section, enabled: true },
  }),
  presets: [
    {
      name: 'network-policy',
      purpose: 'NetworkPolicies for every pod: only Spacelift sends spans, and nobody else opens the UI.',
      section: {},
    },
  ],
};
