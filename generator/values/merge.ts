import { isObject, type Json, type JsonObject } from '../text/json.ts';

/**
 * Lays one values file over another as `helm -f base -f overlay` does: maps merge key by key, anything else,
 * a list above all, replaces what was there.
 *
 * Helm takes null for "delete this key", with differences between its versions; hence no nulls are shipped or
 * accepted, and this function keeps one as it is for the schema to refuse.
 *
 * @returns a new value; neither argument is changed
 */
export function merge<T extends object>(base: T, overlay: T): T {
  return mergeObjects(base as JsonObject, overlay as JsonObject) as T;
}

function mergeObjects(base: JsonObject, overlay: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(overlay)) {
    const before = merged[key];
    merged[key] = isObject(before) && isObject(value) ? mergeObjects(before, value) : value;
  }
  return merged;
}
