import { expand } from '../../generator/render/describe.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';

/** How deep a sample goes where definitions lead back to themselves: a policy of policies. */
const DEEPEST = 8;

/**
 * One value that has every field of a schema, down to the last: its example, else its default, else a value of its type.
 * For asking a program whether it knows the fields; whether they make sense together is another question.
 *
 * @param schema - self-contained, as it is shipped
 * @param node - the part of it to make a value of
 * @returns undefined for a key that stands in the schema to be refused
 */
export function everyField(schema: JsonObject, node: JsonObject, depth = 0): Json | undefined {
  const resolved = { ...expand(schema, node), ...node };
  const { const: sentence, examples, default: usual, enum: words, type } = resolved;
  if (sentence !== undefined) return undefined;
  if (Array.isArray(examples)) return examples[0] as Json;
  if (usual !== undefined && usual !== '') return usual;
  if (Array.isArray(words)) return words[0] as Json;
  const deep = depth < DEEPEST;
  const [first] = [type].flat();
  if (first === 'object') return deep ? everyFieldOf(schema, resolved, depth) : {};
  if (first === 'array')
    return deep && isObject(resolved['items'])
      ? [everyField(schema, resolved['items'], depth + 1) ?? '']
      : [];
  return scalar(resolved);
}

function everyFieldOf(schema: JsonObject, { properties = {} }: JsonObject, depth: number): JsonObject {
  const fields = Object.entries(properties as Record<string, JsonObject>).flatMap(([key, property]) => {
    const value = everyField(schema, property, depth + 1);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(fields);
}

function scalar({ type, pattern, minimum }: JsonObject): Json {
  const [first] = [type].flat();
  if (first === 'boolean') return true;
  if (first !== 'string') return Math.max(Number(minimum ?? 1), 1);
  const candidates = ['text', '1s', 'localhost:4317', '/tmp/file', 'https://localhost:9200'];
  return candidates.find((text) => new RegExp(String(pattern ?? '')).test(text)) ?? '';
}
