import { model } from '../../../generator/index.ts';

/** A HelmRelease with values, of our chart or another. */
export const release = (values: string, chart = model.chart.name) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  chart: {spec: {chart: ${chart}}}\n  values:\n${values}`;

/** An Application of Argo CD, with the text of its source. */
export const application = (source: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n${source}`;

/** A source of it, with the text of its `helm`. */
export const source = (helm: string) => `  source:\n    chart: spacelift-telemetry\n    helm:\n${helm}`;
