import { isObject, type Json, type JsonObject } from '../text/json.ts';

const DEFINITION = /^#\/definitions\/(.+)$/;

/**
 * Puts each definition that one place refers to into that place: a shorter file, and one that is read from top to
 * bottom. Keywords beside the reference, a description for instance, win over those of the definition.
 *
 * @param schema - self-contained, each reference a `$ref` to its own `definitions`
 */
export function inlineDefinitions(schema: JsonObject): JsonObject {
  const { definitions = {}, ...root } = schema as { definitions?: JsonObject };
  const uses = new Map<string, number>();
  for (const name of references(schema)) uses.set(name, (uses.get(name) ?? 0) + 1);

  const inline = (node: Json): Json => {
    if (Array.isArray(node)) return node.map((item: Json) => inline(item));
    if (!isObject(node)) return node;
    const { $ref, ...beside } = node;
    const name = nameIn($ref);
    const definition = name !== undefined && uses.get(name) === 1 ? definitions[name] : undefined;
    if (isObject(definition) && !leadsTo(definition, name))
      return inline({ ...beside, ...definition, ...beside });
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value)]));
  };
  const leadsTo = (node: Json, name: string | undefined, seen = new Set<string>()): boolean =>
    references(node).some((next) => {
      if (next === name) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return leadsTo(definitions[next] ?? null, name, seen);
    });

  const kept = Object.entries(definitions).filter(
    ([name, definition]) => uses.get(name) !== 1 || leadsTo(definition, name),
  );
  const rest = Object.fromEntries(kept.map(([name, definition]) => [name, inline(definition)]));
  return { ...(inline(root) as JsonObject), ...(kept.length > 0 && { definitions: rest }) };
}

function references(node: Json): string[] {
  if (Array.isArray(node)) return node.flatMap((item: Json) => references(item));
  if (!isObject(node)) return [];
  const name = nameIn(node['$ref']);
  return [...(name === undefined ? [] : [name]), ...Object.values(node).flatMap(references)];
}

const nameIn = (reference: Json | undefined): string | undefined =>
  typeof reference === 'string' ? DEFINITION.exec(reference)?.[1] : undefined;
