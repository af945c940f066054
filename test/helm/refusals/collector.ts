import type { Refusal } from './refusal.ts';

/** What is refused of the collector's configuration. */
export const collectorRefusals: readonly Refusal[] = [
  {
    name: 'span metrics that have nowhere to go',
    presets: ['chart/presets/span-metrics.yaml'],
    refusal: `Span metrics have nowhere to go: the collector has no exporter otlp_http/metrics, and Jaeger has no metric backend metrics. Add the preset of a metrics backend (prometheus, mimir or victoria-metrics):

    --values presets/prometheus.yaml

or write where your own is:

    otelcol:
      alternateConfig:
        exporters:
          otlp_http/metrics:
            metrics_endpoint: http://prometheus-server/api/v1/otlp/v1/metrics
    jaeger:
      userconfig:
        extensions:
          jaeger_storage:
            metric_backends:
              metrics:
                prometheus:
                  endpoint: http://prometheus-server
                  normalize_calls: true
                  normalize_duration: true`,
    mended: {
      values: `otelcol: {alternateConfig: {exporters: {otlp_http/metrics: {metrics_endpoint: "http://prometheus-server/api/v1/otlp/v1/metrics"}}}}
jaeger: {userconfig: {extensions: {jaeger_storage: {metric_backends: {metrics: {prometheus: {endpoint: "http://prometheus-server", normalize_calls: true, normalize_duration: true}}}}}}}`,
    },
  },
  {
    name: 'components that the distribution has not',
    values:
      'otelcol: {alternateConfig: {receivers: {redis: {}}, exporters: {kafka/spans: {brokers: ["kafka:9092"]}}}}',
    refusal: `The distribution otelcol-k8s has not the receiver redis, nor the exporter kafka/spans, and the collector's image is "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s" with the program "otelcol-k8s". Write both:

    otelcol:
      image:
        repository: ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib
      command:
        name: otelcol-contrib`,
    mended: {
      values: `otelcol:
  image: {repository: ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib}
  command: {name: otelcol-contrib}
  alternateConfig: {receivers: {redis: {}}, exporters: {kafka/spans: {brokers: ["kafka:9092"]}}}`,
    },
  },
  {
    name: 'an image and a program of two distributions',
    presets: ['chart/presets/kafka.yaml'],
    values: 'otelcol: {command: {name: otelcol-k8s}}',
    refusal: 'with the program "otelcol-k8s". Write both:',
    mended: { values: '{}' },
  },
  {
    name: 'the image of otelcol-k8s with the program of another distribution',
    values:
      'otelcol: {command: {name: otelcol-contrib}, alternateConfig: {receivers: {redis: {endpoint: "redis:6379"}}, service: {pipelines: {metrics/redis: {receivers: [redis], exporters: [nop]}}}}}',
    refusal:
      'The distribution otelcol-k8s has not the receiver redis, and the collector\'s image is "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s" with the program "otelcol-contrib". Write both:',
    mended: {
      values:
        'otelcol: {image: {repository: ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib}, command: {name: otelcol-contrib}, alternateConfig: {receivers: {redis: {endpoint: "redis:6379"}}, service: {pipelines: {metrics/redis: {receivers: [redis], exporters: [nop]}}}}}',
    },
  },
];
