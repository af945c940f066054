import type { Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { networkPolicyValues, uiValues } from './access.ts';
import { collectorValues } from './collector.ts';
import { jaegerValues } from './jaeger.ts';
import { hookValues, spaceliftValues } from './spacelift.ts';

/** What no feature touches: the part of the stack that is the same for every configuration. */
export function foundation(model: Model): Values {
  return {
    presets: {},
    storage: { badger: { size: model.badger.claimSize, storageClass: '', existingClaim: '' } },
    spacelift: spaceliftValues(),
    hook: hookValues(),
    ui: uiValues(),
    networkPolicy: networkPolicyValues(),
    jaeger: jaegerValues(model),
    otelcol: collectorValues(model),
  };
}
