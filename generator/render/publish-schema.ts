import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { inlineDefinitions } from './inline-definitions.ts';
import { sortKeys } from './offered-keys.ts';
import { shareDescriptions } from './share-descriptions.ts';

/**
 * The shape of a schema that is shipped: without the hints for our own types, each `allOf` of one reference as that
 * reference, which spares the reader of Helm's messages two lines for each level, and as `properties` only what is
 * worth completing.
 * What one place alone refers to stands in that place, and what all references to a definition say of it in the
 * definition.
 *
 * Each description stands there once, as it was written. Editors show it where there is no `markdownDescription`,
 * which would say the same again and be a quarter of the file.
 *
 * @param schema - self-contained: references lead to its own `definitions`
 */
export function publish(schema: JsonObject): JsonObject {
  return shareDescriptions(inlineDefinitions(sortKeys(dress(schema) as JsonObject)));
}

function dress(node: Json): Json {
  if (Array.isArray(node)) return node.map((item: Json) => dress(item));
  if (!isObject(node)) return node;
  const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
    if (key === 'tsType' && typeof value === 'string') return [];
    if (key === 'allOf') return [reference(value) ?? [key, dress(value)]];
    return [[key, dress(value)]];
  });
  return Object.fromEntries(entries);
}

function reference(allOf: Json): [string, Json] | undefined {
  const [only, ...others] = Array.isArray(allOf) ? (allOf as Json[]) : [];
  return isObject(only) && only['$ref'] !== undefined && others.length === 0
    ? ['$ref', only['$ref']]
    : undefined;
}
