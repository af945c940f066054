import { presets } from '../features/index.ts';
import type { Model } from '../model.ts';
import template from '../templates/README.md.hbs?raw';
import { banner } from '../text/banner.ts';
import { renderTemplate } from '../text/handlebars.ts';
import type { ChartFile } from './chart-file.ts';

/** `README.md` of the chart: how to install it, and its presets. */
export function readme(model: Model): ChartFile[] {
  const content = banner('markdown') + renderTemplate('README.md.hbs', template, { ...model, presets });
  return [{ path: 'README.md', content }];
}
