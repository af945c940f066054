import { isObject, type Json, type JsonObject } from '../text/json.ts';

/** A constant that says what to write instead of a key: `REMOVED: write jaeger.userconfig instead`. */
const SENTENCE = /^[A-Z]{2}[^:]*: /;

/** A pattern of component ids, `^otlp(/.+)?$` or `^(batch|filter)(/.+)?$`, and the types in it. */
const COMPONENT_IDS = /^\^(\(?)([\w|]+)(\)?)\(\/\.\+\)\?\$$/;

/** The keywords below which there are schemas with keys. */
const HOLDERS = ['properties', 'patternProperties', 'definitions', 'additionalProperties', 'items'];

type Entry = readonly [key: string, schema: Json];

/**
 * Sorts the keys of each map into `properties`, which editors offer, and `patternProperties`, which they only
 * recognise. A key that stands there to be refused with a sentence becomes a pattern of its own name. A component's
 * bare type becomes a property, and its pattern keeps the ids that have a name behind the type. No verdict changes.
 *
 * The keyword `doNotSuggest` would be half of it: yaml-language-server does not offer such a key, but its sentence as
 * the value.
 *
 * @param schema - self-contained: references lead to its own `definitions`
 */
export function sortKeys(schema: JsonObject): JsonObject {
  const isRefused = refusals(mapOf(schema, 'definitions'));
  const sort = (node: Json): Json => {
    if (!isObject(node) || !HOLDERS.some((keyword) => keyword in node)) return node;
    const { properties: _, patternProperties: __, definitions, ...others } = node;
    const sorted = Object.entries(others).map(([keyword, value]): Entry => {
      return [keyword, keyword === 'additionalProperties' || keyword === 'items' ? sort(value) : value];
    });
    const maps = Object.entries({
      ...keys(each(node, 'properties'), each(node, 'patternProperties'), isRefused),
      ...(definitions && { definitions: Object.fromEntries(each(node, 'definitions')) }),
    });
    return Object.fromEntries([...sorted, ...maps.filter(([, map]) => Object.keys(map).length > 0)]);
  };
  const each = (node: JsonObject, keyword: string): Entry[] =>
    Object.entries(mapOf(node, keyword)).map(([key, value]) => [key, sort(value)]);
  return sort(schema) as JsonObject;
}

function keys(
  properties: readonly Entry[],
  patterns: readonly Entry[],
  isRefused: (schema: Json) => boolean,
) {
  const isType = ([pattern, schema]: Entry) => COMPONENT_IDS.test(pattern) && !isRefused(schema);
  const offered = [
    ...properties.filter(([, schema]) => !isRefused(schema)),
    ...patterns
      .filter(isType)
      .flatMap(([pattern, schema]) => types(pattern).map((type): Entry => [type, schema])),
  ];
  const recognised = [
    ...patterns.map(
      (entry): Entry => (isType(entry) ? [entry[0].replace('(/.+)?$', '/.+$'), entry[1]] : entry),
    ),
    ...properties
      .filter(([, schema]) => isRefused(schema))
      .map(([key, schema]): Entry => [exactly(key), schema]),
  ];
  return { properties: Object.fromEntries(offered), patternProperties: Object.fromEntries(recognised) };
}

/** Whether all that a schema has to say to any value, beside the default of a subchart, is a sentence. */
function refusals(definitions: JsonObject): (schema: Json) => boolean {
  const open = new Set<string>();
  const known = new Map<string, boolean>();
  const isRefused = (schema: Json): boolean => {
    if (!isObject(schema)) return false;
    if (typeof schema['$ref'] === 'string')
      return isRefusedByName(schema['$ref'].replace('#/definitions/', ''));
    const words = [schema['const'] ?? [], schema['enum'] ?? []].flat();
    if (words.some((word) => typeof word === 'string' && SENTENCE.test(word))) return true;
    const children = [
      ...Object.values(mapOf(schema, 'properties')),
      ...Object.values(mapOf(schema, 'patternProperties')),
      ...[schema['additionalProperties'], schema['items']].filter(isObject),
    ];
    return children.length > 0 && children.every(isRefused);
  };
  // A definition that leads back to itself is alive: something in it can be written.
  const isRefusedByName = (name: string): boolean => {
    if (open.has(name)) return false;
    open.add(name);
    const refused = known.get(name) ?? isRefused(definitions[name] ?? null);
    open.delete(name);
    // Inside of another one the answer may rest on that one being open.
    if (open.size === 0) known.set(name, refused);
    return refused;
  };
  return isRefused;
}

function mapOf(node: JsonObject, keyword: string): JsonObject {
  const map = node[keyword];
  return isObject(map) ? map : {};
}

function types(pattern: string): string[] {
  return COMPONENT_IDS.exec(pattern)?.[2]?.split('|') ?? [];
}

function exactly(key: string): string {
  return `^${key.replace(/[^\w-]/g, '\\$&')}$`;
}
