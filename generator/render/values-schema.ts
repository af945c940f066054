import { baseValues } from '../features/index.ts';
import type { Model } from '../model.ts';
import { MARK } from '../text/banner.ts';
import { type JsonObject, printCompactJson } from '../text/json.ts';
import { stateChartDefaults } from './chart-defaults.ts';
import type { ChartFile } from './chart-file.ts';
import { stateComponentDefaults } from './component-defaults.ts';
import { publish } from './publish-schema.ts';
import { valuesSchemaSource } from './schemas.ts';

/**
 * `values.schema.json`: what Helm checks values against, and what editors complete from.
 *
 * It has no `$id`: nobody would read it, since Helm and editors take the schema from where they found it, and the file
 * of a branch is not the one at the address of a release. The title stands in each hover and each problem.
 */
export function valuesSchema(model: Model): ChartFile[] {
  const schema = structuredClone(publish(valuesSchemaSource));
  stateChartDefaults(schema, baseValues(model) as unknown as JsonObject);
  stateComponentDefaults(schema);
  const { $schema, ...rest } = schema;
  const title = `Values of ${model.chart.name}`;
  return [
    {
      path: 'values.schema.json',
      content: printCompactJson({ $schema: $schema ?? '', $comment: MARK, ...rest, title }),
    },
  ];
}
