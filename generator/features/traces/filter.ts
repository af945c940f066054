import type { FilterConfig } from '../../../schema/types/telemetry-config.ts';
import { literal } from './literal.ts';
import type { Stage } from './stage.ts';

/**
 * Spans of probes, by the attributes that OpenTelemetry's conventions give them. Spacelift does not say what its own
 * spans are called, so none of them is dropped by name.
 */
const PROBES = ['url.path', 'http.target', 'http.route'].map(
  (attribute) =>
    `IsMatch(span.attributes["${attribute}"], "^/(healthz?|livez|readyz|ping|status|metrics)/?([?].*)?\\\\z")`,
);

/** Drops the spans for which one of the conditions holds. */
export function filter({ conditions = [], probes = true }: FilterConfig): Stage {
  return {
    processors: ['filter/noise'],
    config: {
      processors: {
        'filter/noise': {
          error_mode: 'ignore',
          trace_conditions: [
            { context: 'span', conditions: [...(probes ? PROBES : []), ...conditions.map(literal)] },
          ],
        },
      },
    },
  };
}
