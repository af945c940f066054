import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';

/** Two things in a configuration that exclude each other: where, and what to do about it. */
export interface Conflict {
  /** Keys that lead to the one to change. */
  readonly path: readonly string[];
  /** What is wrong and what is right, as one sentence without a full stop. */
  readonly message: string;
}

/** What the schema cannot say, since it is about two values at once. */
export function conflicts(config: TelemetryConfig): Conflict[] {
  return rules.flatMap((rule) => rule(config));
}

type Rule = (config: TelemetryConfig) => Conflict[];

/** A claim of the user's own has the size and class that it has. */
const existingClaim: Rule = ({ storage }) => {
  const { existingClaim: name, size, storageClass } = storage?.badger ?? {};
  if (!name) return [];
  const settings = { size, storageClass };
  return (Object.keys(settings) as (keyof typeof settings)[])
    .filter((key) => settings[key])
    .map((key) => ({
      path: ['storage', 'badger', key],
      message: `${key} is for the claim that the chart makes, and with existingClaim it makes none; leave out one of the two`,
    }));
};

/** Span metrics are kept where Spacelift's own metrics are. */
const spanMetricsNeedBackend: Rule = ({ metrics = {}, spanMetrics }) => {
  if (!spanMetrics || Object.keys(metrics).length > 0) return [];
  return [
    {
      path: ['spanMetrics'],
      message:
        'span metrics have nowhere to go without a metrics backend; add `metrics: {prometheus: {}}`, or mimir or victoriaMetrics, or leave out spanMetrics',
    },
  ];
};

/** Labels that every span metric has already. The connector does not start with one of them twice. */
const OWN_LABELS = ['service.name', 'span.name', 'span.kind', 'status.code', 'collector.instance.id'];

const dimensionsOnce: Rule = ({ spanMetrics: { dimensions = [] } = {} }) =>
  dimensions
    .filter((name, index) => OWN_LABELS.includes(name) || dimensions.indexOf(name) < index)
    .map((name) => ({
      path: ['spanMetrics', 'dimensions'],
      message: `${name} is a label of the span metrics already; leave it out`,
    }));

const rules: readonly Rule[] = [existingClaim, spanMetricsNeedBackend, dimensionsOnce];
