import { COMPONENT_KINDS } from '../../model.ts';
import { mapAt, textAt } from '../../text/json-path.ts';
import { quote, type Rule, yaml } from './rule.ts';
import { COLLECTOR } from './storage-backend.ts';
import { typeOf } from './wiring.ts';

/** Each distribution is a set of components, and the collector does not start with one that it has not. */
export const collectorDistribution: Rule = ({ values, model }) => {
  const program = textAt(values, 'otelcol', 'command', 'name');
  const image = textAt(values, 'otelcol', 'image', 'repository');
  if (program !== 'otelcol-k8s' && !image.endsWith('/opentelemetry-collector-k8s')) return [];
  const strange = COMPONENT_KINDS.flatMap((kind) =>
    Object.keys(mapAt(values, ...COLLECTOR, kind))
      .filter((id) => !model.distribution[kind].includes(typeOf(id)))
      .sort()
      .map((id) => ({ kind, id })),
  );
  const [one] = strange;
  if (one === undefined) return [];
  const names = strange.map(({ kind, id }) => `the ${kind.replace(/s$/, '')} ${id}`).join(', nor ');
  const repository =
    'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib';
  return [
    {
      path: [...COLLECTOR, one.kind, one.id],
      message: `The distribution otelcol-k8s has not ${names}, and the collector's image is ${quote(image)} with the program ${quote(program)}. Write both`,
      yaml: yaml('otelcol', { image: { repository }, command: { name: 'otelcol-contrib' } }),
    },
  ];
};
