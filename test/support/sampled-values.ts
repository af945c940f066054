import fc, { type Arbitrary } from 'fast-check';
import { expand } from '../../generator/render/describe.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';

/** How many keys of a map, and items of a list, a sample has at most: files stay as short as those of people. */
const MOST_KEYS = 3;

/** How deep a sample goes where definitions lead back to themselves. */
const DEEPEST = 16;

/** A constant that says what to write instead of a key. */
const SENTENCE = /^[A-Z]{2}[^:]*: /;

/**
 * Values that a schema of this project accepts, drawn from its own keys: a few of each map, to the last field.
 *
 * @param schema - self-contained, as it is shipped
 */
export function sampledValues(schema: JsonObject): Arbitrary<Json> {
  const sample = (node: JsonObject, depth: number): Arbitrary<Json> => {
    const resolved = { ...expand(schema, node), ...node };
    if (Array.isArray(resolved['enum'])) return fc.constantFrom(...words(resolved['enum'] as Json[]));
    if ('const' in resolved) return fc.constant(resolved['const'] ?? '');
    const types = [resolved['type']].flat().filter((type) => type !== 'null');
    return fc.oneof(...types.map((type) => ofType(String(type), resolved, depth)));
  };
  const ofType = (type: string, node: JsonObject, depth: number): Arbitrary<Json> => {
    if (type === 'object') return object(node, depth);
    if (type !== 'array') return scalar(type, node);
    const { items } = node;
    if (!isObject(items) || depth > DEEPEST || isRefused(schema, items)) return fc.constant([]);
    return fc.array(sample(items, depth + 1), { maxLength: MOST_KEYS - 1 });
  };
  const object = (node: JsonObject, depth: number): Arbitrary<Json> => {
    const offers = depth > DEEPEST ? [] : keysOf(node).filter(([, value]) => !isRefused(schema, value));
    const most = Math.min(MOST_KEYS, Number(node['maxProperties'] ?? MOST_KEYS));
    return fc
      .shuffledSubarray(offers, { maxLength: Math.min(most, offers.length) })
      .chain((chosen) => fc.tuple(...chosen.map(([key, value]) => fc.tuple(key, sample(value, depth + 1)))))
      .map((entries) => Object.fromEntries(entries));
  };
  return sample(schema, 0);
}

/** The keys that a map may have, each as what draws it, with the schema of what is behind it. */
function keysOf(node: JsonObject): [Arbitrary<string>, JsonObject][] {
  const { properties = {}, patternProperties = {}, additionalProperties: rest } = node;
  const named = Object.entries(properties as Record<string, JsonObject>);
  const patterns = Object.entries(patternProperties as Record<string, JsonObject>);
  return [
    ...named.map(([key, value]): [Arbitrary<string>, JsonObject] => [fc.constant(key), value]),
    ...patterns.map(([pattern, value]): [Arbitrary<string>, JsonObject] => [keyLike(pattern), value]),
    ...(isObject(rest) ? [[fc.stringMatching(/^[a-z]{4,8}$/), rest] as [Arbitrary<string>, JsonObject]] : []),
  ];
}

/** Keys of a pattern, with letters where it takes anything. */
const keyLike = (pattern: string) =>
  fc.stringMatching(new RegExp(`${pattern.replaceAll('.+', '[a-z]{1,6}').replace(/\$$/, '')}$`));

/** Whether a key stands in the schema to be refused. */
function isRefused(schema: JsonObject, value: JsonObject): boolean {
  const resolved = { ...expand(schema, value), ...value };
  return 'const' in resolved && SENTENCE.test(String(resolved['const']));
}

const words = (all: readonly Json[]) => all.filter((word) => word !== null && !SENTENCE.test(String(word)));

function scalar(type: string, { pattern, minimum, maximum }: JsonObject): Arbitrary<Json> {
  const [min, max] = [Number(minimum ?? -1000), Number(maximum ?? 1_000_000)];
  switch (type) {
    case 'string':
      return fc.stringMatching(new RegExp(shortNumbers(String(pattern ?? '^[a-z]{1,8}$'))));
    case 'integer':
      return fc.integer({ min: Math.ceil(min), max: Math.floor(Math.max(min, max)) });
    case 'number':
      return fc.integer({ min: Math.ceil(min), max: Math.floor(Math.max(min, max)) });
    case 'boolean':
      return fc.boolean();
    default:
      throw new Error(`no values can be made of the type ${type}`);
  }
}

/** Numbers of a length that people write: Go has no duration beyond 292 years, which no pattern says. */
const shortNumbers = (pattern: string) => pattern.replaceAll('[0-9]+', '[0-9]{1,3}');
