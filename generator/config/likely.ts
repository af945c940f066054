import { isObject } from '../text/json.ts';
import { nearest } from './nearest.ts';

/** What a schema asks of a value, as far as it is used here. */
export interface Expected {
  readonly type?: unknown;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: { readonly type?: unknown };
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/** The one of the allowed words that was likely meant; undefined where none is close. */
export function likelyWord(data: unknown, allowed: readonly unknown[]): string | undefined {
  if (typeof data !== 'string') return undefined;
  const words = allowed.filter((word) => typeof word === 'string');
  return words.find((word) => word.toLowerCase() === data.toLowerCase()) ?? nearest(data, words);
}

/**
 * The value that was likely meant, in the type and the form that are asked for; undefined where none is at hand.
 *
 * @param written - how the value stands in the file: `1.10` is the number 1.1
 */
export function likelyValue(data: unknown, expected: Expected, written = String(data)): unknown {
  return candidates(data, written).find((value) => fits(value, expected));
}

/** What people write, and what they mean by it; from the nearest on. */
function candidates(data: unknown, written: string): unknown[] {
  if (typeof data === 'boolean') return [written, { enabled: data }];
  if (typeof data === 'number') return [written, `${data}Gi`, [written]];
  if (typeof data !== 'string') return [];
  const name = data.trim().toLowerCase();
  return [
    ...numberOf(name),
    ...booleanOf(name),
    ...sizeOf(name),
    ...hoursOf(name),
    name.replaceAll('_', '-'),
    [data],
  ];
}

const numberOf = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? [Number(text)] : []);

const booleanOf = (text: string) =>
  /^(true|yes|on)$/.test(text) ? [true] : /^(false|no|off)$/.test(text) ? [false] : [];

/** Kubernetes counts in 1024s with an `i`, and has no bytes behind it. */
function sizeOf(text: string): string[] {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgt])i?b?$/.exec(text) ?? [];
  return number === undefined ? [] : [`${number}${unit.toUpperCase()}i`];
}

/** Go's durations end at hours. */
function hoursOf(text: string): string[] {
  const [, number, unit] = /^(\d+) ?(d|w)/.exec(text) ?? [];
  return number === undefined ? [] : [`${Number(number) * (unit === 'w' ? 168 : 24)}h`];
}

/** Whether a list of it holds words, by its items or by the list that it shows. */
export function isListOfWords({ items, default: shown, examples = [] }: Expected): boolean {
  return (
    items?.type === 'string' ||
    [shown, ...examples].some((list) => Array.isArray(list) && typeof list[0] === 'string')
  );
}

function fits(value: unknown, expected: Expected): boolean {
  const { type, pattern, properties = {} } = expected;
  const types = [type].flat();
  if (typeof value === 'string')
    return types.includes('string') && (pattern === undefined || new RegExp(pattern).test(value));
  if (typeof value === 'number')
    return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  if (isObject(value))
    return types.includes('object') && Object.keys(value).every((key) => key in properties);
  if (Array.isArray(value)) return types.includes('array') && isListOfWords(expected);
  return types.includes(typeof value);
}
