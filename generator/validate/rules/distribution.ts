import { mapAt, quote, type Rule, textAt, yaml } from './rule.ts';
import { COLLECTOR } from './storage-backend.ts';

/** Types of components that the schema knows and that only otelcol-contrib has, by their section. */
const CONTRIB_ONLY: Readonly<Record<string, readonly string[]>> = { exporters: ['kafka'] };

/** Each distribution is a set of components, and the collector does not start with one that it has not. */
export const collectorDistribution: Rule = ({ values }) => {
  const program = textAt(values, 'otelcol', 'command', 'name');
  const image = textAt(values, 'otelcol', 'image', 'repository');
  if (program !== 'otelcol-k8s' && !image.endsWith('/opentelemetry-collector-k8s')) return [];
  return Object.entries(CONTRIB_ONLY).flatMap(([section, types]) => {
    const ids = Object.keys(mapAt(values, ...COLLECTOR, section)).filter((id) =>
      types.includes(id.split('/')[0] ?? id),
    );
    if (ids.length === 0) return [];
    const repository =
      'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib';
    return [
      {
        path: [...COLLECTOR, section, ids[0] ?? ''],
        message: `The ${section.replace(/s$/, '')} ${ids.join(' and ')} is not in the distribution otelcol-k8s, and the collector's image is ${quote(image)} with the program ${quote(program)}. Write both`,
        yaml: yaml('otelcol', { image: { repository }, command: { name: 'otelcol-contrib' } }),
      },
    ];
  });
};
