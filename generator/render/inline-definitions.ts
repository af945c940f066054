import { isObject, type Json, type JsonObject, mapValues } from '../text/json.ts';

const DEFINITION = /^#\/definitions\/(.+)$/;

/**
 * Puts each definition that one place refers to into that place: a shorter file, and one that is read from top to
 * bottom. Keywords beside the reference, a description for instance, win over those of the definition.
 *
 * @param schema - self-contained, each reference a `$ref` to its own `definitions`
 */
export function inlineDefinitions(schema: JsonObject): JsonObject {
  const { definitions = {}, ...root } = schema as { definitions?: JsonObject };
  const within = new Map(Object.entries(definitions).map(([name, node]) => [name, references(node)]));
  const uses = new Map<string, number>();
  for (const name of [...references(root), ...[...within.values()].flat()])
    uses.set(name, (uses.get(name) ?? 0) + 1);
  const once = new Set([...within.keys()].filter((name) => uses.get(name) === 1 && !leadsBack(name, within)));

  const inline = (node: Json): Json => {
    if (Array.isArray(node)) return node.map((item: Json) => inline(item));
    if (!isObject(node)) return node;
    const name = nameIn(node['$ref']);
    const definition = name !== undefined && once.has(name) ? definitions[name] : undefined;
    if (!isObject(definition)) return mapValues(node, inline);
    const { $ref: _, ...beside } = node;
    return inline({ ...beside, ...definition, ...beside });
  };

  const kept = Object.entries(definitions).filter(([name]) => !once.has(name));
  const rest = Object.fromEntries(kept.map(([name, definition]) => [name, inline(definition)]));
  return { ...(inline(root) as JsonObject), ...(kept.length > 0 && { definitions: rest }) };
}

/** Whether a definition leads to itself, by the names of the definitions that each one refers to. */
function leadsBack(start: string, within: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const pending = [...(within.get(start) ?? [])];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === start) return true;
    if (!seen.has(name)) pending.push(...(within.get(name) ?? []));
    seen.add(name);
  }
  return false;
}

/** The definitions that a schema refers to, each as often as it does. */
function references(node: Json, found: string[] = []): string[] {
  if (Array.isArray(node)) for (const item of node as Json[]) references(item, found);
  if (!isObject(node)) return found;
  const name = nameIn(node['$ref']);
  if (name !== undefined) found.push(name);
  for (const value of Object.values(node)) references(value, found);
  return found;
}

const nameIn = (reference: Json | undefined): string | undefined =>
  typeof reference === 'string' ? DEFINITION.exec(reference)?.[1] : undefined;
