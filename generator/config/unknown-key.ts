import { isObject } from '../text/json.ts';
import { isListOfWords } from './likely.ts';
import { nearest, nearestId } from './nearest.ts';
import type { LocatedProblem, Property, SchemaViolation } from './violation.ts';

/** A key that is not allowed: what is, and which of these was likely meant. */
export function unknownKey(violation: SchemaViolation, above: readonly string[]): LocatedProblem {
  const key = String(violation.params['additionalProperty']);
  const path = [...above, key];
  const { keys, types } = allowedKeys(violation);
  const message = `unknown key "${key}"; allowed here: ${[...new Set([...keys, ...types])].join(', ') || 'none'}`;
  const problem = (more: string) => ({ code: 'unknown-key' as const, path, message: message + more });
  const value = isObject(violation.data) ? violation.data[key] : undefined;
  const properties = violation.parentSchema?.properties ?? {};

  if (isObject(value) && isNonEmpty(value) && Object.keys(value).every((each) => keys.includes(each)))
    return {
      ...problem(`; what is under it belongs here, without "${key}"`),
      remedy: { kind: 'set', path: above, value, certain: false },
    };

  const to = nearest(key, keys) ?? beginning(key, keys) ?? nearestId(key, types);
  if (to === undefined) return problem('');
  // A word in the place of a list of words is the one that is meant.
  const isOne = typeof value === 'string' && isListOfWords(properties[to] ?? {});
  const remedy = isOne
    ? ({ kind: 'set', path: [...above, to], value: [value], certain: false } as const)
    : ({ kind: 'rename', path, to, certain: false } as const);
  return { ...problem(`; did you mean "${to}"?`), remedy };
}

/** The one key that begins as this one does: `replicas` is `replicaCount` in some charts. */
function beginning(key: string, keys: readonly string[]): string | undefined {
  const stem = key.replace(/s$/, '');
  const [only, ...others] = stem.length < 5 ? [] : keys.filter((each) => each.startsWith(stem));
  return others.length === 0 ? only : undefined;
}

const isNonEmpty = (value: object) => Object.keys(value).length > 0;

/** What may be written: keys, and the types of components that a pattern such as `^(otlp|nop)/.+$` lists. */
export function allowedKeys({ parentSchema }: SchemaViolation): { keys: string[]; types: string[] } {
  const alive = (all: Readonly<Record<string, Property>> = {}) =>
    Object.entries(all).flatMap(([key, schema]) => (schema.const === undefined ? [key] : []));
  const types = alive(parentSchema?.patternProperties).flatMap((pattern) => {
    const [, names = ''] = /^\^\(?([a-z0-9_|]+)\)?\/\.\+\$$/.exec(pattern) ?? [];
    return names === '' ? [] : names.split('|');
  });
  return { keys: alive(parentSchema?.properties), types };
}
