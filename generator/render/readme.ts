import { baseValues, presets } from '../features/index.ts';
import type { Model } from '../model.ts';
import template from '../templates/README.md.hbs?raw';
import { banner } from '../text/banner.ts';
import { renderTemplate } from '../text/handlebars.ts';
import type { JsonObject } from '../text/json.ts';
import type { ChartFile } from './chart-file.ts';
import { groups } from './reference-groups.ts';
import { valuesSchemaSource } from './schemas.ts';

/** `README.md` of the chart: how to install it, its presets, and its values from the schema. */
export function readme(model: Model): ChartFile[] {
  const values = baseValues(model) as unknown as JsonObject;
  const sections = groups(valuesSchemaSource, values);
  const facts = { ...model, presets, sections };
  const content = banner('markdown') + renderTemplate('README.md.hbs', template, facts);
  return [{ path: 'README.md', content }];
}
