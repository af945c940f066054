import { likelyValue, likelyWord } from './likely.ts';
import type { Remedy } from './remedy.ts';
import { allowedKeys, unknownKey } from './unknown-key.ts';
import type { LocatedProblem, SchemaViolation } from './violation.ts';

/** Keys that a sentence has room for. */
const FEW = 6;

/** A sentence that a schema has in the place of a value: it says what to write. */
const SENTENCE = /^[A-Z]{3,}[A-Za-z0-9 -]*: /;

/** How a scalar without quotes stands in the file; undefined where none of it is there. */
export type Written = (path: readonly string[]) => string | undefined;

/** Turns ajv's errors into problems that say what to write instead; the one place that knows ajv's words. */
export function explain(violations: readonly SchemaViolation[], writtenAt: Written): LocatedProblem[] {
  return violations.map((violation) => {
    const path = violation.instancePath.split('/').slice(1).map(unescapePointer);
    return explainOne(violation, path, writtenAt(path));
  });
}

function explainOne(
  violation: SchemaViolation,
  path: readonly string[],
  written: string | undefined,
): LocatedProblem {
  const { keyword, params, data } = violation;
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(violation, path);
    case 'const':
      return elsewhere(path, String(params['allowedValue']));
    case 'enum': {
      const allowed = params['allowedValues'] as unknown[];
      const sentence = allowed.find((value) => typeof value === 'string' && SENTENCE.test(value));
      if (sentence) return { code: 'not-allowed', path, message: String(sentence) };
      const problem = {
        code: 'not-allowed',
        path,
        message: `${print(data)} is not one of ${list(allowed)}`,
      } as const;
      return guessed(problem, likelyWord(data, allowed)) ?? problem;
    }
    case 'type':
      return wrongType(violation, path, written);
    case 'maxProperties': {
      const keys = Object.keys(data as object).join(' and ');
      const message = `${keys} exclude each other; keep ${params['limit']} of them`;
      return { code: 'too-many', path, message };
    }
    case 'pattern': {
      const problem = {
        code: 'not-allowed',
        path,
        message: `${print(data)} does not match ${params['pattern']}`,
      } as const;
      const guess = likelyValue(data, { type: 'string', ...violation.parentSchema }, written);
      return guessed(problem, guess) ?? { ...problem, ...example(violation, path) };
    }
    default:
      return {
        code: 'not-allowed',
        path,
        message: `${print(data)} ${violation.message ?? 'is not allowed'}`,
        ...example(violation, path),
      };
  }
}

/** A key that has another name or place now. Where the name alone is another, the schema says `RENAMED: write NAME`. */
function elsewhere(path: readonly string[], message: string): LocatedProblem {
  const key = path.at(-1) ?? '';
  const [, name] = /^RENAMED: write ([a-z][a-z0-9_]*)$/.exec(message) ?? [];
  if (name === undefined) return { code: 'not-allowed', path, message };
  const to = key.replace(/^[^/]*/, name);
  return { code: 'not-allowed', path, message, remedy: { kind: 'rename', path, to, certain: true } };
}

function wrongType(
  violation: SchemaViolation,
  path: readonly string[],
  written: string | undefined,
): LocatedProblem {
  const { data, params } = violation;
  const keys = params['type'] === 'object' ? allowedKeys(violation).keys : [];
  const names = keys.length > 0 && keys.length <= FEW && data !== null ? ` of ${keys.join(', ')}` : '';
  const message = `${typeName(data, written)} where ${article(params['type'])}${names} belongs`;
  const problem = { code: 'wrong-type', path, message } as const;
  if (data === null && params['type'] === 'object' && path.length > 0)
    return { ...problem, remedy: { kind: 'set', path, value: {}, certain: true } };
  const expected = { ...violation.parentSchema, type: params['type'] };
  return (
    guessed(problem, likelyValue(data, expected, written)) ?? { ...problem, ...example(violation, path) }
  );
}

/** A problem with the value that was likely meant; undefined where there is none. */
function guessed(problem: LocatedProblem, value: unknown): LocatedProblem | undefined {
  if (value === undefined) return undefined;
  const message = `${problem.message}; did you mean ${print(value)}?`;
  return { ...problem, message, remedy: { kind: 'set', path: problem.path, value, certain: false } };
}

/** What the schema has for an example of the value. */
function example({ parentSchema }: SchemaViolation, path: readonly string[]): { remedy?: Remedy } {
  const [value = parentSchema?.default] = parentSchema?.examples ?? [];
  return value === undefined || path.length === 0
    ? {}
    : { remedy: { kind: 'set', path, value, certain: false } };
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

function typeName(value: unknown, written: string | undefined): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return `the ${typeof value} ${typeof value === 'string' ? print(value) : (written ?? print(value))}`;
}

function article(type: unknown): string {
  const names: Record<string, string> = { object: 'a map', array: 'a list', integer: 'a whole number' };
  return names[String(type)] ?? `a ${type}`;
}
