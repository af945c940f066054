import { COMPONENT_KINDS } from '../model.ts';
import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { expand, propertyAt } from './describe.ts';

/** Where in the values a program's own configuration is. */
export const PROGRAMS = {
  collector: ['otelcol', 'alternateConfig'],
  jaeger: ['jaeger', 'userconfig'],
} as const;

/** The name of an entry in a map whose keys the user chooses. */
export const ENTRY = 'any';

/** The place of an item in a path. */
export const ITEM = '[]';

/** A field of a component. */
export interface Field {
  /** Keys from the program's configuration, with {@link ITEM} for the items of a list and {@link ENTRY} for an entry of a map. */
  readonly path: readonly string[];
  /** The property as it stands in the schema: of a shared definition, the same one for many fields. */
  readonly property: JsonObject;
  /** The property with what its reference leads to. */
  readonly schema: JsonObject;
  /** The least value in which the fields below it exist, of a section and of a list of sections. */
  readonly opened?: JsonObject | readonly [JsonObject];
}

/** A component whose fields the schema has. */
export interface Component {
  /** Kind and type: `exporters`, `otlp_grpc`. */
  readonly path: readonly [string, string];
  readonly fields: readonly Field[];
}

/**
 * The components whose fields the schema has, and the telemetry of the program itself.
 *
 * @param schema - of the values, as it is shipped
 */
export function components(schema: JsonObject, program: keyof typeof PROGRAMS): Component[] {
  const root = PROGRAMS[program];
  const typed = COMPONENT_KINDS.flatMap((kind) => {
    const map = expand(schema, propertyAt(schema, [...root, kind]) ?? {});
    return Object.keys((map['properties'] ?? {}) as JsonObject).map((type) => [kind, type] as const);
  });
  return [...typed, ['service', 'telemetry'] as const].flatMap((path) => {
    const fields = below(schema, propertyAt(schema, [...root, ...path]) ?? {}, path, []);
    return fields.length === 0 ? [] : [{ path, fields }];
  });
}

/** @param entered - definitions on the way here: one that leads back to itself is entered once */
function below(
  schema: JsonObject,
  node: JsonObject,
  path: readonly string[],
  entered: readonly Json[],
): Field[] {
  const resolved = expand(schema, node);
  if (entered.includes(resolved)) return [];
  const { properties = {}, additionalProperties: entries, items } = resolved;
  const step = (child: JsonObject, key: string) =>
    below(schema, child, [...path, key], [...entered, resolved]);
  // A key that a map names besides its entries is one more of these.
  const isEntry = (child: JsonObject) => isObject(entries) && child['$ref'] === entries['$ref'];
  const named = Object.entries(properties as Record<string, JsonObject>).flatMap(([key, property]) => {
    const own = { ...expand(schema, property), ...property };
    if ('const' in own || isEntry(property)) return [];
    const opened = openedBy(schema, own);
    const field = { path: [...path, key], property, schema: own, ...(opened && { opened }) };
    return [field, ...step(property, key)];
  });
  return [
    ...named,
    ...(isObject(entries) ? step(entries, ENTRY) : []),
    ...(isObject(items) ? step(items, ITEM) : []),
  ];
}

function openedBy(schema: JsonObject, field: JsonObject): Field['opened'] {
  const { additionalProperties: entries, items } = field;
  const hasFields = (node: Json | undefined) => isObject(node) && 'properties' in expand(schema, node);
  if ('properties' in field || hasFields(entries)) return {};
  return hasFields(items) ? [{}] : undefined;
}
