import { expand, propertyAt } from '../../generator/render/describe.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';

/** Values with one mistake in them, and where a validator has to point. */
export interface Mutation {
  readonly mistake: 'wrong type' | 'typo' | 'null' | 'extra key' | 'out of range';
  readonly values: Json;
  /** JSON pointer: of the key itself, or of the map that an unknown key is in. */
  readonly pointer: string;
  /** The unknown key. */
  readonly key?: string;
}

const EXTRA = 'notAKeyOfThis';

/** Every mistake that can be made in one key of values that a schema accepts. */
export function mutations(schema: JsonObject, values: Json): Mutation[] {
  return keysIn(values).flatMap((path) => mutationsAt(schema, values, path));
}

/** Paths to all keys of all maps, those in lists too. */
function keysIn(value: Json, above: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const path = [...above, key];
    return Array.isArray(value) ? keysIn(child, path) : [path, ...keysIn(child, path)];
  });
}

function mutationsAt(schema: JsonObject, values: Json, path: readonly string[]): Mutation[] {
  const [around, key = ''] = [path.slice(0, -1), path.at(-1)];
  const [map, node] = [nodeAt(schema, around), nodeAt(schema, path)];
  if (map === undefined || node === undefined) return []; // inside of what is free on purpose
  const [value, siblings] = [at(values, path), at(values, around) as JsonObject];
  const types = [node['type']].flat();
  const made: Mutation[] = [];
  const add = (mistake: Mutation['mistake'], wrong: Json, where = path, unknown?: string) =>
    made.push({
      mistake,
      values: replace(values, where, wrong),
      pointer: pointerTo(where),
      ...(unknown && { key: unknown }),
    });

  add('wrong type', wrongFor(types));
  if (!types.includes('null')) add('null', null);
  const typo = `${key}x`;
  if (isClosed(map) && !knows(map, typo)) add('typo', rename(siblings, key, typo), around, typo);
  if (isClosed(node) && isObject(value)) add('extra key', { ...value, [EXTRA]: 1 }, path, EXTRA);
  for (const wrong of outOfRange(node)) add('out of range', wrong);
  return made;
}

function nodeAt(schema: JsonObject, path: readonly string[]): JsonObject | undefined {
  if (path.length === 0) return schema;
  const list = /^\d+$/.test(path.at(-1) ?? '') ? nodeAt(schema, path.slice(0, -1))?.['items'] : undefined;
  if (isObject(list)) return { ...expand(schema, list), ...list };
  const map = nodeAt(schema, path.slice(0, -1));
  const property =
    map && propertyAt({ ...map, definitions: schema['definitions'] ?? {} }, [path.at(-1) ?? '']);
  return property && { ...expand(schema, property), ...property };
}

/** A value of none of the types: a list where none may stand, else a word. */
const wrongFor = (types: readonly unknown[]): Json => (types.includes('array') ? 'a word' : [['a list']]);

function outOfRange({ minimum, maximum, pattern, enum: words }: JsonObject): Json[] {
  return [
    ...(typeof minimum === 'number' ? [minimum - 1] : []),
    ...(typeof maximum === 'number' ? [maximum + 1] : []),
    ...(typeof pattern === 'string' ? ['', ' ', '~'].filter((text) => !new RegExp(pattern).test(text)) : []),
    ...(Array.isArray(words) ? ['no word of these'] : []),
  ];
}

const isClosed = (node: JsonObject) => node['additionalProperties'] === false;

const knows = ({ properties = {}, patternProperties = {} }: JsonObject, key: string) =>
  key in (properties as object) ||
  Object.keys(patternProperties as object).some((pattern) => new RegExp(pattern).test(key));

const rename = (map: JsonObject, from: string, to: string): JsonObject =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key === from ? to : key, value]));

const at = (value: Json, path: readonly string[]): Json =>
  path.reduce<Json>((inner, key) => (inner as JsonObject)[key] ?? null, value);

function replace(value: Json, [key, ...rest]: readonly string[], wrong: Json): Json {
  if (key === undefined) return wrong;
  if (Array.isArray(value))
    return value.map((item: Json, index) => (String(index) === key ? replace(item, rest, wrong) : item));
  const map = value as JsonObject;
  return { ...map, [key]: replace(map[key] ?? null, rest, wrong) };
}

const pointerTo = (path: readonly string[]) =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
