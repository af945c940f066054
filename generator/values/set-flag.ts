import { isObject, type Json, type JsonObject } from '../text/json.ts';

/** A key of a map, or the index of a list's item. */
export type Step = string | number;

/** Helm's own limit, which keeps one flag from asking for all memory. */
const MAX_INDEX = 65_536;

const KEY = /^(?:[^\\=[,.]|\\.)+/su;
const INDEX = /^\[([^\]]*)\]/u;

/**
 * Reads the name of Helm's `--set name=value`: keys joined by dots, `[0]` for an item of a list, a backslash before a
 * character that is meant as it is.
 *
 * @see https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set
 * @returns the steps from the root of the values, else what is wrong with the name
 */
export function setPath(name: string): readonly Step[] | string {
  const steps: Step[] = [];
  for (let rest = name; ; rest = rest.slice(1)) {
    const [key] = KEY.exec(rest) ?? [];
    if (key === undefined) return 'a key is missing in it';
    steps.push(key.replaceAll(/\\(.)/gsu, '$1'));
    rest = rest.slice(key.length);
    for (let found = INDEX.exec(rest); found; found = INDEX.exec(rest)) {
      const [text, at = ''] = found;
      if (!/^\d+$/.test(at) || Number(at) > MAX_INDEX)
        return `[${at}] is no index of a list, from 0 to ${MAX_INDEX}`;
      steps.push(Number(at));
      rest = rest.slice(text.length);
    }
    if (rest === '') return steps;
    if (!rest.startsWith('.')) return `"${rest[0]}" cannot stand there; write a backslash before it`;
  }
}

/**
 * Reads the value of Helm's `--set name=value`: whole numbers, `true`, `false` and `null` are what they look like, `{a,b}`
 * is a list, and anything else is a string, 1.5 for instance.
 *
 * @param asString - as `--set-string` reads it
 * @returns `undefined` where Helm would take a part of it for another `name=value`, or misses the end of a list
 */
export function setValue(text: string, asString: boolean): Json | undefined {
  const typed = ({ value }: Part) => (asString ? value : typedValue(value));
  if (!text.startsWith('{')) {
    const [first, ...others] = split(text, ',');
    return first && others.length === 0 ? typed(first) : undefined;
  }
  const items = split(text.slice(1), ',}');
  const rest = items.pop();
  const isWhole = rest?.value === '' && items.findIndex(({ end }) => end === '}') === items.length - 1;
  return isWhole && items.length > 0 ? items.map(typed) : undefined;
}

interface Part {
  readonly value: string;
  /** The character that ended it; empty at the end of the text. */
  readonly end: string;
}

/** The parts of a text between characters that no backslash stands before; those backslashes are taken away. */
function split(text: string, ends: string): Part[] {
  const parts: Part[] = [];
  let value = '';
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '\\') value += characters[++at] ?? '';
    else if (ends.includes(character)) {
      parts.push({ value, end: character });
      value = '';
    } else value += character;
  }
  return [...parts, { value, end: '' }];
}

function typedValue(text: string): Json {
  const word = text.toLowerCase();
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  const isWhole = text === '0' || /^(?:[1-9]|[+-]\d)\d*$/.test(text);
  const number = isWhole ? BigInt(text.replace('+', '')) : undefined;
  return number !== undefined && BigInt.asIntN(64, number) === number ? Number(number) : text;
}

/**
 * Puts a value at a path, as Helm does into what the values files give: a list keeps its other items, and null stands
 * before a new item that does not follow the last one.
 *
 * @returns new values; undefined where the path leads on from something that is no map, or no list
 */
export function setAt(values: JsonObject, path: readonly Step[], value: Json): JsonObject | undefined {
  return put(values, path, value) as JsonObject | undefined;
}

/** Puts a value under what is there, if anything is; nothing comes back where that cannot be. */
function put(given: Json | undefined, [step, ...rest]: readonly Step[], value: Json): Json | undefined {
  if (step === undefined) return value;
  return typeof step === 'number' ? putItem(given, step, rest, value) : putKey(given, step, rest, value);
}

function putKey(given: Json | undefined, key: string, rest: readonly Step[], value: Json): Json | undefined {
  if (given !== undefined && !isObject(given)) return undefined;
  const inner = put(given && Object.hasOwn(given, key) ? given[key] : undefined, rest, value);
  return inner === undefined ? undefined : { ...given, [key]: inner };
}

function putItem(
  given: Json | undefined,
  index: number,
  rest: readonly Step[],
  value: Json,
): Json | undefined {
  if (given !== undefined && !Array.isArray(given)) return undefined;
  const list = (given ?? []) as Json[];
  const item = list[index] ?? undefined;
  // Helm makes a map of an item that is none, and of nothing else.
  const isReplaced = typeof rest[0] === 'string' && !isObject(item);
  const inner = put(isReplaced ? undefined : item, rest, value);
  const before = Array.from({ length: index }, (_, at) => list[at] ?? null);
  return inner === undefined ? undefined : [...before, inner, ...list.slice(index + 1)];
}
