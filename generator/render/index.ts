import type { Model } from '../model.ts';
import { type ChartFile, PathConflictError } from './chart-file.ts';
import { chartYaml } from './chart-yaml.ts';
import { hookBundle } from './hook-bundle.ts';
import { presetFiles } from './presets.ts';
import { readme } from './readme.ts';
import { templates } from './templates.ts';
import { valuesSchema } from './values-schema.ts';
import { valuesYaml } from './values-yaml.ts';

/** What makes files of the chart: pure, and none reads what another has made. */
type Renderer = (model: Model) => readonly ChartFile[];

const renderers: readonly Renderer[] = [
  chartYaml,
  valuesYaml,
  valuesSchema,
  presetFiles,
  templates,
  hookBundle,
  readme,
];

/**
 * The whole chart, in memory.
 *
 * @returns its files, sorted by path: equal models give equal bytes
 * @throws {@link PathConflictError} when two renderers claim one path
 */
export function renderChart(model: Model): ChartFile[] {
  return collect(renderers.flatMap((render) => render(model)));
}

/** Sorts files by path and refuses two of one path. */
export function collect(files: readonly ChartFile[]): ChartFile[] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const [index, file] of sorted.entries()) {
    if (sorted[index + 1]?.path === file.path)
      throw new PathConflictError(`two renderers claim ${file.path}`);
  }
  return sorted;
}
