import { baseValues } from '../features/index.ts';
import type { Model } from '../model.ts';
import { banner } from '../text/banner.ts';
import type { JsonObject } from '../text/json.ts';
import { printYaml } from '../text/yaml.ts';
import type { ChartFile } from './chart-file.ts';
import { describe } from './describe.ts';
import { modeline } from './modeline.ts';
import { valuesSchemaSource } from './schemas.ts';

/** `values.yaml`: the base stack, each key under the description of its schema. */
export function valuesYaml(model: Model): ChartFile[] {
  const values = baseValues(model) as unknown as JsonObject;
  const body = printYaml(values, (path) => describe(valuesSchemaSource, path));
  return [{ path: 'values.yaml', content: modeline('values.schema.json') + banner('hash') + body }];
}
