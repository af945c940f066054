import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSchemas } from '../../generator/render/bundle-schemas.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'schema', 'values');

/** What the programs read themselves is no matter of their charts. */
const PROGRAMS = ['#/definitions/JaegerConfig', '#/definitions/CollectorConfig'];

/** The schema files of the values, by name. */
export const files = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))]),
) as Record<string, JsonObject>;

/** The schemas of the two charts' values as one. */
export const root = bundleSchemas(
  {
    type: 'object',
    properties: {
      jaeger: { $ref: 'jaeger-chart.schema.json#/definitions/JaegerChart' },
      otelcol: { $ref: 'otelcol-chart.schema.json#/definitions/OtelcolChart' },
    },
  },
  files,
);

/** A schema below another one, by its keys. */
export function at(schema: JsonObject, ...keys: string[]): JsonObject {
  return keys.reduce((node, key) => node[key] as JsonObject, schema);
}

/** A schema as the list of schemas that must all hold: itself, and what it refers to. */
function parts(schema: JsonObject): JsonObject[] {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return [schema, ...list(schema['allOf']).flatMap(parts)];
  if (PROGRAMS.includes(reference)) return [];
  return parts(at(root, ...reference.split('/').slice(1)));
}

/** The schema of a key, when there is one that says more than that the key is not to be used. */
function child(schema: JsonObject, key: string): JsonObject | undefined {
  const candidates = parts(schema).flatMap((part) => {
    const own = (part['properties'] as JsonObject | undefined)?.[key] ?? part['additionalProperties'];
    return isObject(own) ? [own] : [];
  });
  return candidates.find((candidate) => parts(candidate).every((part) => !('const' in part)));
}

/** Whether a schema takes any map. */
function isFreeForm(schema: JsonObject): boolean {
  return parts(schema).some(
    (part) => part['type'] === 'object' && !('properties' in part) && !('additionalProperties' in part),
  );
}

/** Keys of upstream's defaults that the schema does not know. */
export function unknownKeys(defaults: JsonObject, schema: JsonObject, path: string): string[] {
  if (isFreeForm(schema)) return [];
  return Object.entries(defaults).flatMap(([key, value]) => {
    const property = child(schema, key);
    if (property === undefined) return [`${path}.${key}`];
    return isObject(value) ? unknownKeys(value, property, `${path}.${key}`) : [];
  });
}

/** Defaults in the schema that are not upstream's at the same place, those in items of lists among them. */
export function wrongDefaults(schema: JsonObject, upstream: Json | undefined, path: string): string[] {
  const keys = parts(schema).flatMap((part) => Object.keys((part['properties'] as JsonObject) ?? {}));
  const known = isObject(upstream) ? upstream : {};
  const below = [...new Set([...keys, ...Object.keys(known)])].flatMap((key) => {
    const property = child(schema, key);
    return property === undefined ? [] : wrongDefaults(property, known[key], `${path}.${key}`);
  });
  const items = parts(schema).flatMap((part) => (isObject(part['items']) ? [part['items']] : []));
  return [
    ...(isWrong(schema['default'], upstream) ? [`${path}: ${JSON.stringify(schema['default'])}`] : []),
    ...below,
    ...items.flatMap((item) => wrongDefaults(item, undefined, `${path}[]`)),
  ];
}

/** What upstream does not mention is empty in most places. That its templates take it so, the level `helm` asks them. */
const UNMENTIONED: readonly Json[] = ['', 0, false, [], {}, 'ClusterIP', 'ImplementationSpecific'];

function isWrong(own: Json | undefined, upstream: Json | undefined): boolean {
  if (own === undefined) return false;
  const right = (upstream ?? null) === null ? UNMENTIONED : [upstream as Json];
  return !right.map(canonical).includes(canonical(own));
}

/** Scalars and lists among upstream's defaults that no default in the schema says, here or further up. */
export function missingDefaults(
  defaults: JsonObject,
  schema: JsonObject,
  path: string,
  said: JsonObject = {},
): string[] {
  return Object.entries(defaults).flatMap(([key, value]) => {
    const property = child(schema, key) ?? {};
    const own = property['default'] ?? said[key];
    if (isObject(value)) return missingDefaults(value, property, `${path}.${key}`, isObject(own) ? own : {});
    return value === null || own !== undefined ? [] : [`${path}.${key}`];
  });
}

/** The words that a schema allows at a path, `[]` in which are the items of a list. Sentences are no words. */
export function enumAt(schema: JsonObject, path: string): Json[] | undefined {
  const target = path
    .replaceAll('[]', '.[]')
    .split('.')
    .reduce<JsonObject>((node, key) => (key === '[]' ? items(node) : child(node, key)) ?? {}, schema);
  return parts(target).flatMap((part) => (Array.isArray(part['enum']) ? [part['enum'] as Json[]] : []))[0];
}

function items(schema: JsonObject): JsonObject | undefined {
  return parts(schema)
    .map((part) => part['items'])
    .find(isObject);
}

/** A schema and all schemas in it, each with its path. */
export function schemasIn(schema: JsonObject, path: string): { path: string; schema: JsonObject }[] {
  const named = ['properties', 'patternProperties'].flatMap((keyword) => children(schema, keyword));
  const more = ['items', 'additionalProperties'].flatMap((keyword) => {
    const value = schema[keyword];
    return isObject(value) ? [[keyword, value] as const] : [];
  });
  const all = list(schema['allOf']).map((part, index) => [`allOf[${index}]`, part] as const);
  return [
    { path, schema },
    ...[...named, ...more, ...all].flatMap(([key, value]) => schemasIn(value, `${path}.${key}`)),
  ];
}

/** What a keyword of a schema maps names to. */
export function children(schema: JsonObject, keyword: string): [string, JsonObject][] {
  return Object.entries((schema[keyword] ?? {}) as Record<string, JsonObject>);
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A value as text that does not depend on the order of keys. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, node: Json) =>
    isObject(node) ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1))) : node,
  );
}
