import type { SchemaViolation } from '../config/violation.ts';
import { baseValues } from '../features/index.ts';
import { model } from '../model.ts';
import type { JsonObject } from '../text/json.ts';
import type { Judge } from '../validate/judge.ts';

/** The check of the schema is larger than the rest of the program, so it is loaded here and by nobody else. */
export async function loadJudge(): Promise<Judge> {
  const { default: check } = await import('../../schema/types/validate-values.js');
  return {
    schema: (values) => (check(values) ? [] : ((check.errors ?? []) as SchemaViolation[])),
    base: baseValues(model) as unknown as JsonObject,
    model,
  };
}
