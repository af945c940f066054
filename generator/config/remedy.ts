import { Document } from 'yaml';
import { nested, valueAt } from '../text/json-path.ts';

/**
 * What mends a problem: a key under another name, or another value. `certain` when it means what was meant whatever
 * that was, so that a program may write it; else it is a guess for a person to judge.
 */
export type Remedy =
  | {
      readonly kind: 'rename';
      readonly path: readonly string[];
      readonly to: string;
      readonly certain: boolean;
    }
  | {
      readonly kind: 'set';
      readonly path: readonly string[];
      readonly value: unknown;
      readonly certain: boolean;
    };

/** Larger values are the user's own, and need no second copy on the screen. */
const LINES = 12;

/**
 * The remedy as YAML to paste.
 *
 * @param data - the values it is for, which a renamed key keeps
 * @returns nothing where the place is in a list, of which a part cannot be pasted, or the value is long
 */
export function paste(remedy: Remedy, data: unknown): { yaml?: string } {
  const above = remedy.path.slice(0, -1);
  if (remedy.path.some((_, index) => Array.isArray(valueAt(data, remedy.path.slice(0, index))))) return {};
  const value = remedy.kind === 'set' ? remedy.value : valueAt(data, remedy.path);
  const key = remedy.kind === 'set' ? remedy.path.at(-1) : remedy.to;
  const yaml = printPaste([...above, ...(key === undefined ? [] : [key])], value);
  return yaml.split('\n').length > above.length + LINES ? {} : { yaml };
}

/** A value under a path of keys, as YAML. */
export function printPaste(path: readonly string[], value: unknown): string {
  const document = new Document(nested(path, value), { version: '1.1', aliasDuplicateObjects: false });
  return document.toString({ lineWidth: 0 }).trimEnd();
}
