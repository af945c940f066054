import type { SpanMetricsConfig } from '../../../schema/types/telemetry-config.ts';
import type { SpanMetricsConnector, TransformProcessor, Values } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { fromEnv } from '../../values/environment.ts';
import type { Feature } from '../feature.ts';

/**
 * Counts and durations made of spans in the collector, kept in the metrics backend, and shown in Jaeger's Monitor tab.
 * Owns the pipelines `traces/spanmetrics` and `metrics/spanmetrics`, and the settings of the UI.
 */
export const spanMetrics: Feature<SpanMetricsConfig> = {
  overlay,
  presets: [
    {
      name: 'span-metrics',
      purpose:
        "Request rates, errors and durations in Jaeger's Monitor tab, made of spans; needs a preset for metrics.",
      section: {},
      needs: ['prometheus'],
    },
  ],
};

/** Bounds up to five minutes: Spacelift's queue works for longer than the 15 s at which the connector's own bounds end. */
const BUCKETS = '5ms 10ms 25ms 50ms 100ms 250ms 500ms 1s 2500ms 5s 10s 30s 60s 300s'.split(' ');

function overlay(section: SpanMetricsConfig, { metrics }: Model): Values {
  return {
    presets: { spanMetrics: 'span-metrics' },
    otelcol: {
      alternateConfig: {
        connectors: { span_metrics: connector(section) },
        processors: { 'transform/spanmetrics': labels },
        service: {
          pipelines: {
            // From the receiver itself: these count every span, also one that is not kept.
            'traces/spanmetrics': {
              receivers: ['otlp'],
              processors: ['memory_limiter'],
              exporters: ['span_metrics'],
            },
            'metrics/spanmetrics': {
              receivers: ['span_metrics'],
              processors: ['memory_limiter', 'transform/spanmetrics'],
              exporters: [metrics.exporter],
            },
          },
        },
      },
    },
    jaeger: {
      uiconfig: { monitor: { menuEnabled: true } },
      userconfig: {
        extensions: {
          // The path at which the jaeger chart mounts `uiconfig`.
          jaeger_query: {
            storage: { metrics: metrics.backend },
            ui: { config_file: '/etc/jaeger/ui-config.json' },
          },
        },
      },
    },
  };
}

function connector({
  flushInterval = '15s',
  buckets = BUCKETS,
  dimensions = [],
}: SpanMetricsConfig): SpanMetricsConnector {
  return {
    namespace: 'traces.span.metrics',
    // The default unit is about to change, and Jaeger looks for the metric by it.
    histogram: { unit: 'ms', explicit: { buckets } },
    dimensions: dimensions.map((name) => ({ name })),
    metrics_flush_interval: flushInterval,
    // A service that is gone, and an operation that is, would be sent for ever.
    metrics_expiration: '1h',
    series_expiration: '1h',
    // What the specification of OpenTelemetry sets as the limit of an SDK. A span's name with an id in it ends here.
    aggregation_cardinality_limit: 2000,
    resource_metrics_key_attributes: [...SERVICE],
  };
}

/** What tells services apart. Pods of one service are summed up, else each would write to the same series. */
const SERVICE = ['service.namespace', 'service.name'] as const;

/**
 * Leaves out what else a resource has: it would be that of whichever pod came first. The label that keeps collectors
 * apart becomes the pod's name, in place of a number that is new at each start.
 */
const labels: TransformProcessor = {
  error_mode: 'ignore',
  metric_statements: [
    {
      context: 'resource',
      statements: [`keep_keys(resource.attributes, [${SERVICE.map((key) => `"${key}"`).join(', ')}])`],
    },
    {
      context: 'datapoint',
      statements: [`set(datapoint.attributes["collector.instance.id"], "${fromEnv('OTEL_K8S_POD_NAME')}")`],
    },
  ],
};
