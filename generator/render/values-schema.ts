import { baseValues } from '../features/index.ts';
import type { Model } from '../model.ts';
import { MARK } from '../text/banner.ts';
import { isObject, type Json, type JsonObject, printCompactJson } from '../text/json.ts';
import type { ChartFile } from './chart-file.ts';
import { propertyAt } from './describe.ts';
import { publish } from './publish-schema.ts';
import { valuesSchemaSource } from './schemas.ts';

/**
 * `values.schema.json`: what Helm checks values against, and what editors complete from.
 *
 * It has no `$id`: nobody would read it, since Helm and editors take the schema from where they found it, and the file
 * of a branch is not the one at the address of a release. The title stands in each hover and each problem.
 */
export function valuesSchema(model: Model): ChartFile[] {
  const published = publish(valuesSchemaSource);
  const { $schema, ...rest } = withDefaults(published, baseValues(model) as unknown as JsonObject);
  const title = `Values of ${model.chart.name}`;
  return [
    {
      path: 'values.schema.json',
      content: printCompactJson({ $schema: $schema ?? '', $comment: MARK, ...rest, title }),
    },
  ];
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
