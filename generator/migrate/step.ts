import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import type { Json, JsonObject } from '../text/json.ts';
import { nested as under, valueAt } from '../text/json-path.ts';

/** What becomes of one key of an old values file. */
export interface Step {
  /** What the configuration says instead. */
  readonly config?: TelemetryConfig;
  /** What a configuration has no words for, as values of this chart. */
  readonly values?: JsonObject;
  /** What the key did, where that is not what it promised, and what there is here. */
  readonly says?: string;
}

/** A key, as the path to it with `*` for any one key, and what becomes of its value. `root` is the whole file. */
export interface Rule {
  readonly path: string;
  readonly step: (value: Json, root: JsonObject, path: readonly string[]) => Step;
}

/** A key that is set in this chart already, or that nobody needs here. */
export const same = (): Step => ({});

/** A key that does nothing, and why. */
export const dead = (says: string) => (): Step => ({ says });

/** A value under a path of at least one key. */
export function nested(path: readonly string[], value: Json): JsonObject {
  return under(path, value) as JsonObject;
}

/** The value at a path, a string of keys with dots between. */
export function at(root: Json, path: string): Json | undefined {
  return valueAt(root, path.split('.')) as Json | undefined;
}

/** The same as text; empty where there is no scalar. */
export function textAt(root: Json, path: string): string {
  const value = at(root, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
