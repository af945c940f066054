import { model } from '../../../generator/index.ts';

/** A HelmRelease with values, of our chart or another. */
export const release = (values: string, chart = model.chart.name) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  chart: {spec: {chart: ${chart}}}\n  values:\n${values}`;
