import type { Model } from '../model.ts';
import { MARK } from '../text/banner.ts';
import { isObject, type Json, type JsonObject, printJson } from '../text/json.ts';
import type { ChartFile } from './chart-file.ts';
import { valuesSchemaSource } from './schemas.ts';

/** `values.schema.json`: what Helm checks values against, and what editors complete from. */
export function valuesSchema(_model: Model): ChartFile[] {
  const { $schema, ...rest } = publish(valuesSchemaSource) as JsonObject;
  return [{ path: 'values.schema.json', content: printJson({ $schema, $comment: MARK, ...rest }) }];
}

/**
 * The shape of a schema that is shipped: without the hints for our own types, and each description twice, as
 * Markdown for the editors that show it and as plain text for everybody else.
 */
export function publish(node: Json): Json {
  if (Array.isArray(node)) return node.map((item: Json) => publish(item));
  if (!isObject(node)) return node;
  const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
    if (key === 'tsType' && typeof value === 'string') return [];
    if (key !== 'description' || typeof value !== 'string') return [[key, publish(value)]];
    return [
      ['description', plain(value)],
      ['markdownDescription', value],
    ];
  });
  return Object.fromEntries(entries);
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
