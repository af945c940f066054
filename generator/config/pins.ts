/** A chart that ours depends on. */
export interface Dependency {
  readonly name: string;
  /** Exact version of the chart: its values have no stability between minors. */
  readonly version: string;
  /** Version of the program that the chart runs by default. */
  readonly appVersion: string;
  readonly repository: string;
  /** Name that its values have in ours; the chart's own when absent. */
  readonly alias?: string;
}

/**
 * Where the project lives. One place to change for a fork: Chart.yaml, the documents and the addresses of schema and
 * presets follow. package.json has the repository too, for npm; a test holds the two together.
 */
export const PROJECT = {
  repository: 'https://github.com/spacelift-telemetry/spacelift-telemetry',
  /** The registry's path under which the chart is published; the chart's own name comes behind it. */
  charts: 'oci://ghcr.io/spacelift-telemetry/charts',
} as const;

/** Charts, programs and Kubernetes that this version of the chart is made for. */
export const PINS = {
  kubernetes: '>=1.25.0-0',
  jaeger: {
    name: 'jaeger',
    version: '4.11.1',
    appVersion: '2.19.0',
    repository: 'https://jaegertracing.github.io/helm-charts',
  },
  collector: {
    name: 'opentelemetry-collector',
    alias: 'otelcol',
    version: '0.170.0',
    appVersion: '0.158.0',
    repository: 'https://open-telemetry.github.io/opentelemetry-helm-charts',
  },
} as const satisfies { kubernetes: string; jaeger: Dependency; collector: Dependency };
