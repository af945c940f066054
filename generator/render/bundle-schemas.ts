import { isObject, type Json, type JsonObject } from '../text/json.ts';

/** Schema files by their name, `storage.schema.json` for instance. */
export type SchemaFiles = Readonly<Record<string, JsonObject>>;

/** A reference that leads nowhere, or two definitions of one name: a mistake in `schema/`. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

/**
 * Makes one self-contained schema out of several files: what the root reaches in other files becomes its own
 * definition. Helm resolves no reference to a file, and an air gap none to the network.
 *
 * @param root - schema to start from
 * @param files - files that references name, whatever folder they put before the name
 * @throws {@link SchemaError} on a dangling reference, or on one name with two meanings
 */
export function bundleSchemas(root: JsonObject, files: SchemaFiles): JsonObject {
  const definitions = new Map<string, Json>();
  const origins = new Map<string, JsonObject>();

  const include = (name: string, file: JsonObject): void => {
    const known = origins.get(name);
    if (known === file) return;
    if (known) throw new SchemaError(`definition ${name} stands in two schema files`);
    const definition = (file['definitions'] as JsonObject | undefined)?.[name];
    if (definition === undefined) throw new SchemaError(`no schema file has the definition ${name}`);
    origins.set(name, file);
    definitions.set(name, null); // keeps the order of first mention
    definitions.set(name, localize(definition, file));
  };
  const localize = (node: Json, file: JsonObject): Json => {
    if (Array.isArray(node)) return node.map((item: Json) => localize(item, file));
    if (!isObject(node)) return node;
    const entries = Object.entries(node).map(([key, value]) => [key, localize(value, file)] as const);
    const reference = node['$ref'];
    if (typeof reference !== 'string') return Object.fromEntries(entries);
    const { name, target } = resolve(reference, file, files);
    include(name, target);
    return { $ref: `#/definitions/${name}` };
  };

  const { definitions: _, ...own } = root;
  const localized = localize(own, root) as JsonObject;
  return { ...localized, definitions: Object.fromEntries(definitions) };
}

function resolve(
  reference: string,
  file: JsonObject,
  files: SchemaFiles,
): { name: string; target: JsonObject } {
  const match = /^(?:.*\/)?([^/#]*)#\/definitions\/(.+)$/.exec(reference);
  const [, fileName, name] = match ?? [];
  const target = fileName ? files[fileName] : file;
  if (!name || !target) throw new SchemaError(`cannot resolve the reference ${reference}`);
  return { name, target };
}
