import type { Problem } from '../errors.ts';
import type { Expected } from './likely.ts';
import type { Remedy } from './remedy.ts';

/** What ajv says of one violation, with `verbose` on: the part of its error object that is used here. */
export interface SchemaViolation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  readonly parentSchema?: ParentSchema;
}

/** The part of the schema around a violation that is used here. */
interface ParentSchema extends Expected {
  readonly properties?: Readonly<Record<string, Property>>;
  readonly patternProperties?: Readonly<Record<string, Property>>;
}

/** The part of a property's schema that is used here. */
export type Property = Expected & { readonly const?: unknown };

/** A problem whose place is still a path of keys, not a position in a file. */
export type LocatedProblem = Pick<Problem, 'code' | 'message' | 'severity' | 'yaml'> & {
  readonly path: readonly string[];
  readonly remedy?: Remedy;
};
