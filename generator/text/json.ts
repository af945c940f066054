/** Any JSON value; the shape of parsed YAML, values files and schemas. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is a JSON object, that is neither a list nor null nor a scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object with the same keys, and each value as `change` makes it. */
export function mapValues(object: JsonObject, change: (value: Json) => Json): JsonObject {
  const changed: Record<string, Json> = {};
  for (const key of Object.keys(object)) changed[key] = change(object[key] as Json);
  return changed;
}

/** Prints a value as JSON of two spaces, with a newline at the end. Keys keep their order. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** How long a line of {@link printCompactJson} may become, unless it is one that cannot be broken. */
const LINE = 160;

/**
 * Prints a value as JSON with what fits on a line on one line: a schema comes out with a property in each line, a
 * third smaller than with two spaces, and a change still shows as the lines that it changes. Keys keep their order.
 */
export function printCompactJson(value: Json): string {
  return `${compact(value, '')}\n`;
}

function compact(value: Json, indent: string): string {
  const line = JSON.stringify(value);
  if (value === null || typeof value !== 'object' || indent.length + line.length <= LINE) return line;
  const nested = Object.values(value).filter((child) => JSON.stringify(child).length > LINE && isTree(child));
  if (nested.length === 0) return line;
  // A schema around its one map of properties begins on the line of that map: the depth is that of the values.
  const [deeper, gap] = nested.length === 1 ? [indent, ''] : [`${indent} `, `\n${indent} `];
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((item: Json) => compact(item, deeper))]
    : ['{', '}', entries(value as JsonObject, deeper)];
  return `${open}${gap}${parts.join(`,${gap}`)}${close}`;
}

const isTree = (value: Json) => typeof value === 'object' && value !== null;

const entries = (value: JsonObject, indent: string) =>
  Object.entries(value).map(([key, child]) => `${JSON.stringify(key)}:${compact(child, indent)}`);
