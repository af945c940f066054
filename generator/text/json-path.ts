import { isObject, type Json, type JsonObject } from './json.ts';

/** What a path of keys leads to in plain data; undefined for nothing. */
export function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    data,
  );
}

/** A value under a path of keys; the value itself for no key. */
export function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** What is at a path of keys; undefined for nothing. */
export function at(values: JsonObject, ...path: string[]): Json | undefined {
  return valueAt(values, path) as Json | undefined;
}

/** The map at a path; an empty one for anything else. */
export function mapAt(values: JsonObject, ...path: string[]): JsonObject {
  const value = at(values, ...path);
  return isObject(value) ? value : {};
}

/** The list at a path; an empty one for anything else. */
export function listAt(values: JsonObject, ...path: string[]): readonly Json[] {
  const value = at(values, ...path);
  return Array.isArray(value) ? value : [];
}

/** The string at a path; empty for anything else. */
export function textAt(values: JsonObject, ...path: string[]): string {
  const value = at(values, ...path);
  return typeof value === 'string' ? value : '';
}

/** Maps of a list. */
export function mapsAt(values: JsonObject, ...path: string[]): readonly JsonObject[] {
  return listAt(values, ...path).filter(isObject);
}
