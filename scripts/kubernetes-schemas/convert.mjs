/**
 * A part of an OpenAPI document, or of the JSON Schema made from it.
 * @typedef {{ [key: string]: unknown }} Schema
 *
 * @typedef {{ group: string, version: string, kind: string }} GroupVersionKind
 */

const REF = '#/definitions/';
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/** What says nothing about validity, or says it in a form that JSON Schema does not know. */
const DROPPED = /^(description|default|externalDocs|x-kubernetes-.*)$/;

/**
 * Makes a strict, self-contained JSON Schema of every kind in the OpenAPI document of an API server.
 * @param {{ definitions: Record<string, Schema> }} openapi
 * @returns {Map<string, Schema>} by the name of the file in which kubeconform looks for the kind
 */
export function schemasByFile({ definitions }) {
  const converted = new Map(Object.entries(definitions).map(([name, schema]) => [name, convert(schema)]));
  // The API server takes a number where a quantity belongs, although its document says string.
  converted.set(QUANTITY, { type: ['string', 'number'] });
  const files = new Map();
  for (const [name, definition] of Object.entries(definitions)) {
    const kinds = /** @type {GroupVersionKind[]} */ (definition['x-kubernetes-group-version-kind'] ?? []);
    const [kind] = kinds;
    // What has more than one kind, such as DeleteOptions, is sent to the API server but is no object in it.
    if (kind === undefined || kinds.length > 1) continue;
    files.set(fileOf(kind), {
      ...rooted(converted.get(name) ?? {}, kind),
      definitions: reachable(name, converted),
    });
  }
  return files;
}

/** @param {GroupVersionKind} kind */
function fileOf({ group, version, kind }) {
  const parts = [kind, group.split('.')[0], version].filter((part) => part !== '');
  return `${parts.join('-').toLowerCase()}.json`;
}

/**
 * @param {Schema} schema
 * @param {GroupVersionKind} kind
 * @returns {Schema}
 */
function rooted(schema, { group, version, kind }) {
  const apiVersion = { const: group === '' ? version : `${group}/${version}` };
  const properties = { ...asSchema(schema['properties']), apiVersion, kind: { const: kind } };
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...schema, properties };
}

/**
 * @param {Schema} schema
 * @returns {Schema}
 */
function convert(schema) {
  if (isIntOrString(schema)) return { type: ['integer', 'string'] };
  /** @type {Schema} */
  const result = {};
  for (const [key, value] of Object.entries(schema)) {
    if (!DROPPED.test(key)) result[key] = convertValue(key, value);
  }
  return isClosed(schema) ? { ...result, additionalProperties: false } : result;
}

/**
 * @param {string} key
 * @param {unknown} value
 */
function convertValue(key, value) {
  if (key === 'properties') {
    return Object.fromEntries(
      Object.entries(asSchema(value)).map(([name, schema]) => [name, convert(schema)]),
    );
  }
  if (Array.isArray(value) && ['allOf', 'anyOf', 'oneOf'].includes(key)) return value.map(convert);
  const isSchema = ['items', 'additionalProperties', 'not'].includes(key) && typeof value === 'object';
  return isSchema ? convert(asSchema(value)) : value;
}

/** @param {Schema} schema */
const isIntOrString = (schema) =>
  schema['format'] === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true;

/**
 * An object whose properties are listed has no others, unless it says so: the API server refuses them too.
 * @param {Schema} schema
 */
const isClosed = (schema) =>
  schema['properties'] !== undefined &&
  schema['additionalProperties'] === undefined &&
  schema['x-kubernetes-preserve-unknown-fields'] !== true &&
  schema['x-kubernetes-embedded-resource'] !== true;

/**
 * The definitions that a definition needs, itself among them only if it recurs.
 * @param {string} name
 * @param {Map<string, Schema>} all
 */
function reachable(name, all) {
  /** @type {Record<string, Schema>} */
  const found = {};
  const open = refsOf(all.get(name));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const definition = all.get(next);
    if (next in found || definition === undefined) continue;
    found[next] = definition;
    open.push(...refsOf(definition));
  }
  return found;
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
function refsOf(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === '$ref' && typeof child === 'string' ? [child.slice(REF.length)] : refsOf(child),
  );
}

/** @param {unknown} value */
const asSchema = (value) => /** @type {Record<string, Schema>} */ (value ?? {});
