import { isObject, type Json, type JsonObject, mapValues } from '../text/json.ts';

/**
 * Says once what at least half of the references to a definition say of it: their description becomes the definition's, and editors show
 * it at every one of them. One that says something else keeps its own.
 *
 * @param schema - self-contained, each reference a `$ref` to its own `definitions`
 */
export function shareDescriptions(schema: JsonObject): JsonObject {
  const said = new Map<string, string>();
  for (const [reference, descriptions] of descriptionsByReference(schema)) {
    const most = mostFrequent(descriptions);
    const [description] = most;
    const isCommon = most.length > 1 && most.length * 2 >= descriptions.length;
    // Where one says nothing, what the others say would become its own.
    if (typeof description === 'string' && isCommon && !descriptions.includes(undefined))
      said.set(reference, description);
  }
  const strip = (node: Json): Json => {
    if (Array.isArray(node)) return node.map((item: Json) => strip(item));
    if (!isObject(node)) return node;
    const isSaid = typeof node['$ref'] === 'string' && said.get(node['$ref']) === node['description'];
    if (!isSaid) return mapValues(node, strip);
    const { description: _, ...others } = node;
    return others;
  };

  const { definitions = {}, ...root } = strip(schema) as { definitions?: JsonObject };
  const described = Object.entries(definitions).map(([name, definition]) => {
    const description = said.get(`#/definitions/${name}`);
    return [name, { ...(description !== undefined && { description }), ...(definition as JsonObject) }];
  });
  return { ...root, ...(described.length > 0 && { definitions: Object.fromEntries(described) }) };
}

function descriptionsByReference(
  node: Json,
  found = new Map<string, (Json | undefined)[]>(),
): Map<string, (Json | undefined)[]> {
  if (Array.isArray(node)) for (const item of node as Json[]) descriptionsByReference(item, found);
  if (!isObject(node)) return found;
  const { $ref, description } = node;
  if (typeof $ref === 'string') found.set($ref, [...(found.get($ref) ?? []), description]);
  for (const value of Object.values(node)) descriptionsByReference(value, found);
  return found;
}

/** What is most often in a list, as often as it is there. */
function mostFrequent<Item>(items: readonly Item[]): Item[] {
  const groups = [...new Set(items)].map((item) => items.filter((other) => other === item));
  return groups.toSorted((a, b) => b.length - a.length)[0] ?? [];
}
