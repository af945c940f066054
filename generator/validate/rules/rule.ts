import { printPaste, type Remedy } from '../../config/remedy.ts';
import type { ProblemCode } from '../../errors.ts';
import type { Model } from '../../model.ts';
import type { JsonObject } from '../../text/json.ts';

/** Two things in the values that do not fit together: where, and what to do about it. */
export interface Finding {
  /** Keys that lead to the one to change. */
  readonly path: readonly string[];
  /** What is wrong and what is right; what to paste comes behind a colon. */
  readonly message: string;
  readonly yaml?: string;
  /** In the place of `yaml`: a change of one value, which a program may make where it is certain. */
  readonly remedy?: Remedy;
  readonly severity?: 'warning';
  /** `conflict` or, of a warning, `unused` where absent. */
  readonly code?: ProblemCode;
}

/** What a rule looks at. */
export interface Subject {
  /** The complete values: the chart's own with all files on top. */
  readonly values: JsonObject;
  readonly model: Model;
  /** Whether one of the files has this path, so that a person can answer for it. */
  readonly isGiven: (path: readonly string[]) => boolean;
}

/** One thing that no schema can say, since it is about two values at once. */
export type Rule = (subject: Subject) => Finding[];

/** A value under dotted keys as YAML; where a key has a dot or several values belong together, give a map. */
export function yaml(path: string, value: unknown): string {
  return printPaste(path === '' ? [] : path.split('.'), value);
}

/** As Go's `quote` prints a string. */
export function quote(value: unknown): string {
  return JSON.stringify(value ?? '');
}
