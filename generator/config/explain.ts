import { distance } from 'fastest-levenshtein';
import type { Problem } from '../errors.ts';

/** What ajv says of one violation, with `verbose` on: the part of its error object that is used here. */
export interface SchemaViolation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  readonly parentSchema?: { readonly properties?: Readonly<Record<string, { readonly const?: unknown }>> };
}

/** A problem whose place is still a path of keys, not a position in a file. */
export type LocatedProblem = Pick<Problem, 'code' | 'message'> & { readonly path: readonly string[] };

/** Spellings this many edits away are worth a guess. */
const NEAR = 2;

/** Turns ajv's errors into problems that say what to write instead; the one place that knows ajv's words. */
export function explain(violations: readonly SchemaViolation[]): LocatedProblem[] {
  return violations.map((violation) => {
    const path = violation.instancePath.split('/').slice(1).map(unescapePointer);
    return explainOne(violation, path);
  });
}

function explainOne(violation: SchemaViolation, path: readonly string[]): LocatedProblem {
  const { keyword, params, data } = violation;
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      return { code: 'unknown-key', path: [...path, key], message: unknownKey(key, allowedKeys(violation)) };
    }
    case 'const':
      return { code: 'not-allowed', path, message: String(params['allowedValue']) };
    case 'enum':
      return {
        code: 'not-allowed',
        path,
        message: `${print(data)} is not one of ${list(params['allowedValues'])}`,
      };
    case 'type':
      return {
        code: 'wrong-type',
        path,
        message: `${typeName(data)} where ${article(params['type'])} belongs`,
      };
    case 'maxProperties': {
      const keys = Object.keys(data as object).join(' and ');
      return {
        code: 'too-many',
        path,
        message: `${keys} exclude each other; keep ${params['limit']} of them`,
      };
    }
    case 'pattern':
      return { code: 'not-allowed', path, message: `${print(data)} does not match ${params['pattern']}` };
    default:
      return {
        code: 'not-allowed',
        path,
        message: `${print(data)} ${violation.message ?? 'is not allowed'}`,
      };
  }
}

function allowedKeys({ parentSchema }: SchemaViolation): string[] {
  const properties = Object.entries(parentSchema?.properties ?? {});
  return properties.filter(([, schema]) => schema.const === undefined).map(([key]) => key);
}

function unknownKey(key: string, allowed: readonly string[]): string {
  const near = allowed.filter((candidate) => distance(key, candidate) <= NEAR);
  const [nearest] = near.toSorted((a, b) => distance(key, a) - distance(key, b));
  const guess = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `unknown key "${key}"; allowed here: ${allowed.join(', ') || 'none'}${guess}`;
}

function unescapePointer(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

function print(value: unknown): string {
  return JSON.stringify(value);
}

function list(values: unknown): string {
  return (values as unknown[]).map(print).join(', ');
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return `${typeof value === 'object' ? 'a map' : `the ${typeof value} ${print(value)}`}`;
}

function article(type: unknown): string {
  const names: Record<string, string> = { object: 'a map', array: 'a list', integer: 'a whole number' };
  return names[String(type)] ?? `a ${type}`;
}
