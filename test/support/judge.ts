import type { SchemaViolation } from '../../generator/config/explain.ts';
import { printProblem } from '../../generator/errors.ts';
import { baseValues, model } from '../../generator/index.ts';
import type { JsonObject } from '../../generator/text/json.ts';
import { validate } from '../../generator/validate/index.ts';
import type { Judge } from '../../generator/validate/judge.ts';
import check from '../../schema/types/validate-values.js';

/** What the command judges by. */
export const judge: Judge = {
  schema: (values) => (check(values) ? [] : ((check.errors ?? []) as SchemaViolation[])),
  base: baseValues(model) as unknown as JsonObject,
  model,
};

/** What the command says of files, by their names: for each problem its text as it is printed. */
export function said(files: Readonly<Record<string, string>>): string[] {
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
  return validate(sources, judge).problems.map(printProblem);
}

/** The same, of each the first line alone. */
export function lines(files: Readonly<Record<string, string>>): string[] {
  return said(files).map((text) => text.split('\n')[0] ?? '');
}
