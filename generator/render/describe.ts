import { isObject, type JsonObject } from '../text/json.ts';

/**
 * The schema of the property that a path of keys leads to, or undefined where there is none.
 *
 * @param schema - self-contained: references lead to its own `definitions`
 */
export function propertyAt(schema: JsonObject, path: readonly string[]): JsonObject | undefined {
  let node: JsonObject | undefined = schema;
  for (const key of path) node = node && child(expand(schema, node), key);
  return node;
}

/** The description of the property that a path of keys leads to, or undefined where the schema has none. */
export function describe(schema: JsonObject, path: readonly string[]): string | undefined {
  const description = path.length === 0 ? undefined : propertyAt(schema, path)?.['description'];
  return typeof description === 'string' ? description : undefined;
}

/** Follows `$ref` and an `allOf` of one, the two ways in which our schemas reach a definition. */
export function expand(schema: JsonObject, node: JsonObject): JsonObject {
  const [only] = Array.isArray(node['allOf']) ? node['allOf'] : [node];
  const reference = isObject(only) ? only['$ref'] : undefined;
  if (typeof reference !== 'string') return isObject(only) ? only : node;
  const definition = (schema['definitions'] as JsonObject)[reference.replace('#/definitions/', '')];
  return isObject(definition) ? expand(schema, definition) : node;
}

function child(node: JsonObject, key: string): JsonObject | undefined {
  const properties = node['properties'];
  if (isObject(properties) && isObject(properties[key])) return properties[key];
  const patterns = isObject(node['patternProperties']) ? Object.entries(node['patternProperties']) : [];
  const match = patterns.find(([pattern]) => new RegExp(pattern).test(key))?.[1];
  if (isObject(match)) return match;
  const additional = node['additionalProperties'];
  return isObject(additional) ? additional : undefined;
}
