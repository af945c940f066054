import { baseValues } from '../features/index.ts';
import type { Model } from '../model.ts';
import { MARK } from '../text/banner.ts';
import { isObject, type Json, type JsonObject, printJson } from '../text/json.ts';
import type { ChartFile } from './chart-file.ts';
import { propertyAt } from './describe.ts';
import { valuesSchemaSource } from './schemas.ts';

/** `values.schema.json`: what Helm checks values against, and what editors complete from. */
export function valuesSchema(model: Model): ChartFile[] {
  const published = publish(valuesSchemaSource) as JsonObject;
  const { $schema, ...rest } = withDefaults(published, baseValues(model) as unknown as JsonObject);
  return [{ path: 'values.schema.json', content: printJson({ $schema, $comment: MARK, ...rest }) }];
}

/**
 * The shape of a schema that is shipped: without the hints for our own types, each description twice, as Markdown
 * for the editors that show it and as plain text for everybody else, and each `allOf` of one reference as that
 * reference, which spares the reader of Helm's messages two lines for each level.
 */
export function publish(node: Json): Json {
  if (Array.isArray(node)) return node.map((item: Json) => publish(item));
  if (!isObject(node)) return node;
  const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
    if (key === 'tsType' && typeof value === 'string') return [];
    if (key === 'allOf') return [reference(value) ?? [key, publish(value)]];
    if (key !== 'description' || typeof value !== 'string') return [[key, publish(value)]];
    return [
      ['description', plain(value)],
      ['markdownDescription', value],
    ];
  });
  return Object.fromEntries(entries);
}

function reference(allOf: Json): [string, Json] | undefined {
  const [only, ...others] = Array.isArray(allOf) ? (allOf as Json[]) : [];
  return isObject(only) && only['$ref'] !== undefined && others.length === 0
    ? ['$ref', only['$ref']]
    : undefined;
}

/** The schema with the defaults of our own base where that differs from upstream's, which the source states. */
function withDefaults(schema: JsonObject, values: JsonObject): JsonObject {
  const copy = structuredClone(schema);
  for (const [path, value] of paths(values)) {
    const property = propertyAt(copy, path);
    if (property && 'default' in property) Object.assign(property, { default: value });
  }
  return copy;
}

/** Every key of a tree of maps, as the path to it and its value. */
export function paths(values: JsonObject, above: readonly string[] = []): [readonly string[], Json][] {
  return Object.entries(values).flatMap(([key, value]): [readonly string[], Json][] => {
    const path = [...above, key];
    return [[path, value], ...(isObject(value) ? paths(value, path) : [])];
  });
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
