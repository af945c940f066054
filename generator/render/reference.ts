import networkPolicy from '../../schema/values/network-policy.schema.json' with { type: 'json' };
import spacelift from '../../schema/values/spacelift.schema.json' with { type: 'json' };
import storage from '../../schema/values/storage.schema.json' with { type: 'json' };
import ui from '../../schema/values/ui.schema.json' with { type: 'json' };
import root from '../../schema/values/values.schema.json' with { type: 'json' };
import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { expand, propertyAt } from './describe.ts';

/** A value in the reference, as the cells of a table. */
export interface Row {
  /** Path from the root of the values, with dots. */
  readonly key: string;
  readonly type: string;
  /** As it stands in the table; empty where there is none. */
  readonly default: string;
  readonly description: string;
}

/** Definitions that are described key by key; what Kubernetes defines is one row, as its readers know it. */
const OWN = new Set(
  [root, networkPolicy, spacelift, storage, ui].flatMap(({ definitions }) => Object.keys(definitions)),
);

/** Longer defaults are in `values.yaml`, where they can be read. */
const LONGEST_DEFAULT = 60;

/**
 * The rows of everything below a path.
 *
 * @param schema - of all values, self-contained
 * @param values - the chart's own, which count before the schema's defaults
 * @param path - to a value that the schema has
 */
export function rowsBelow(schema: JsonObject, values: JsonObject, path: readonly string[]): Row[] {
  const property = propertyAt(schema, path);
  if (property === undefined) throw new Error(`the schema has no ${path.join('.')}`);
  const { properties, const: removed } = expand(schema, property);
  if (removed !== undefined) return [];
  if (!isObject(properties) || !isOwn(property)) return [row(schema, values, path, property)];
  return Object.keys(properties).flatMap((key) => rowsBelow(schema, values, [...path, key]));
}

/** The row of one value. */
export function rowAt(schema: JsonObject, values: JsonObject, path: readonly string[]): Row {
  const property = propertyAt(schema, path);
  if (property === undefined) throw new Error(`the schema has no ${path.join('.')}`);
  return row(schema, values, path, property);
}

function row(schema: JsonObject, values: JsonObject, path: readonly string[], property: JsonObject): Row {
  return {
    key: path.join('.'),
    type: typeOf(schema, property),
    default: printDefault(at(values, path) ?? defaultAt(schema, path)),
    description: inCell(String(property['description'] ?? '')),
  };
}

/** The schema's default of a value: its own, or its part of that of a map around it. */
function defaultAt(schema: JsonObject, path: readonly string[]): Json | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const around = propertyAt(schema, path.slice(0, depth))?.['default'];
    const value = around === undefined ? undefined : at(around, path.slice(depth));
    if (value !== undefined) return value;
  }
  return undefined;
}

function at(node: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), node);
}

function isOwn({ allOf, $ref }: JsonObject): boolean {
  const [only] = Array.isArray(allOf) ? (allOf as Json[]) : [];
  const reference = $ref ?? (isObject(only) ? only['$ref'] : undefined);
  return reference === undefined || OWN.has(String(reference).replace('#/definitions/', ''));
}

function typeOf(schema: JsonObject, property: JsonObject): string {
  const merged: JsonObject = { ...expand(schema, property), ...property };
  const { type, enum: values, items, minimum, maximum } = merged;
  if (Array.isArray(values)) return (values as Json[]).map((value) => `\`${value}\``).join(', ');
  if (type === 'object') return 'map';
  if (type === 'array') return `list of ${isObject(items) ? plural(typeOf(schema, items)) : 'values'}`;
  const words = Array.isArray(type) ? (type as Json[]).join(' or ') : String(type ?? 'any');
  if (minimum !== undefined && maximum !== undefined) return `${words}, ${minimum} to ${maximum}`;
  return words;
}

const plural = (type: string) => (/^[a-z]+$/.test(type) ? `${type}s` : type);

function printDefault(value: Json | undefined): string {
  if (value === undefined) return '';
  const text = inCell(JSON.stringify(value));
  return text.length > LONGEST_DEFAULT ? 'in `values.yaml`' : `\`${text}\``;
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
