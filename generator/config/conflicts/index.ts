import type { TelemetryConfig } from '../../../schema/types/telemetry-config.ts';
import { scaling, severalJaegers } from './availability.ts';
import { bufferBesideKafka } from './buffer.ts';
import { brokersAuthority } from './kafka.ts';
import { loadNeedsRate } from './load.ts';
import { backendsAuthority, dimensionsOnce, spanMetricsNeedBackend } from './metrics.ts';
import type { Conflict, Rule } from './rule.ts';
import { endpoint, restartWindow, targets } from './spacelift.ts';
import { certificates, existingClaim, servers } from './storage.ts';
import { waysIn } from './ui.ts';

const rules: readonly Rule[] = [
  existingClaim,
  servers,
  certificates,
  severalJaegers,
  scaling,
  bufferBesideKafka,
  loadNeedsRate,
  brokersAuthority,
  backendsAuthority,
  spanMetricsNeedBackend,
  dimensionsOnce,
  waysIn,
  targets,
  endpoint,
  restartWindow,
];

/** What the schema cannot say, since it is about two values at once. */
export function conflicts(config: TelemetryConfig): Conflict[] {
  return rules.flatMap((rule) => rule(config));
}
