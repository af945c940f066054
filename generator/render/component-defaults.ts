import facts from '../../schema/upstream/component-defaults.json' with { type: 'json' };
import type { Json, JsonObject } from '../text/json.ts';
import { type Component, components, type Field, ITEM, type PROGRAMS } from './component-fields.ts';
import { expand } from './describe.ts';

type Defaults = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Fields that somebody has to write: what the program prints for them until then is refused by it. */
const REQUIRED = new Set([
  'exporters.file.path',
  'exporters.jaeger_storage_exporter.trace_storage',
  'extensions.jaeger_query.storage.traces',
  'extensions.remote_sampling.adaptive.sampling_store',
  'extensions.remote_storage.storage',
  'extensions.oauth2client.token_url',
  'exporters.load_balancing.resolver.dns.hostname',
  'exporters.load_balancing.resolver.k8s.service',
  'exporters.load_balancing.resolver.aws_cloud_map.namespace',
  'exporters.load_balancing.resolver.aws_cloud_map.service_name',
  'processors.attributes.include.match_type',
  'processors.attributes.exclude.match_type',
]);

/** Likewise of an item of a list, which is there for what it says. */
const REQUIRED_OF_ITEM = new Set([
  'bytes_per_second',
  'grpc_name',
  'http_name',
  'key',
  'max_total_spans_per_second',
  'min_spans',
  'name',
  'percent',
  'policy',
  'sampling_percentage',
  'spans_per_second',
  'threshold_ms',
  'value',
]);

/**
 * Sections of a shared definition that are off until somebody writes them, and then begin at zero: what is in them is
 * stated as it is where they are on.
 */
export const OTHERWISE = [
  'exporters.debug.sending_queue.',
  'exporters.jaeger_storage_exporter.queue.',
  'exporters.jaeger_storage_exporter.retry_on_failure.',
  'exporters.load_balancing.protocol.otlp.',
  'exporters.load_balancing.retry_on_failure.',
  'receivers.kafka.error_backoff.',
];

/**
 * States the default of each field of a component, as the programs have it. A definition that stands for fields with
 * different defaults gets none, nor does one that says its own.
 *
 * @param schema - of the values, as it is shipped, and not frozen: the defaults are put into it
 */
export function stateComponentDefaults(schema: JsonObject): void {
  for (const [property, values] of measured(schema)) {
    const [value, ...others] = values;
    const isStated = 'default' in { ...expand(schema, property), ...property };
    if (value !== undefined && others.length === 0 && !isStated)
      Object.assign(property, { default: JSON.parse(value) as Json });
  }
}

/** What is known of each property, as JSON: nothing where a field has no default. */
function measured(schema: JsonObject): Map<JsonObject, Set<string | undefined>> {
  const found = new Map<JsonObject, Set<string | undefined>>();
  for (const program of ['collector', 'jaeger'] as const) {
    for (const { component, field } of fieldsOf(schema, program)) {
      const values = found.get(field.property) ?? new Set();
      found.set(field.property, values.add(defaultOf(facts[program] as Defaults, component, field)));
    }
  }
  return found;
}

/** The fields of the components that were asked for. */
function fieldsOf(schema: JsonObject, program: keyof typeof PROGRAMS) {
  return components(schema, program)
    .filter(({ path }) => path.join('.') in facts[program])
    .flatMap((component) => component.fields.map((field) => ({ component, field })))
    .filter(({ field }) => !OTHERWISE.some((section) => `${field.path.join('.')}.`.startsWith(section)));
}

function defaultOf(defaults: Defaults, { path }: Component, field: Field): string | undefined {
  const component = path.join('.');
  const name = field.path.join('.');
  const value = defaults[component]?.[name.slice(component.length + 1)];
  return value === undefined || isRequired(field, name, value) ? undefined : JSON.stringify(value);
}

function isRequired({ path }: Field, name: string, value: Json): boolean {
  const isEmpty = value === '' || value === 0;
  if (isEmpty && path.includes(ITEM) && REQUIRED_OF_ITEM.has(path.at(-1) ?? '')) return true;
  return REQUIRED.has(name);
}
