/** A kind of server: the Service that its chart makes, and its paths for OTLP and for queries. */
interface Server {
  readonly endpoint: string;
  readonly otlpPath: string;
  readonly queryPath: string;
}

/** Servers that take metrics by OTLP and answer queries as Prometheus does. */
export const servers = {
  // prometheus.io/docs/guides/opentelemetry; the Service is that of prometheus-community/prometheus.
  prometheus: {
    endpoint: 'http://prometheus-server',
    otlpPath: '/api/v1/otlp/v1/metrics',
    queryPath: '',
  },
  // grafana.com/docs/mimir/latest/configure/configure-otel-collector; the Service is that of grafana/mimir-distributed.
  mimir: { endpoint: 'http://mimir-gateway', otlpPath: '/otlp/v1/metrics', queryPath: '/prometheus' },
  // docs.victoriametrics.com/victoriametrics/integrations/opentelemetry; the Service is that of vm/victoria-metrics-single.
  'victoria-metrics': {
    endpoint: 'http://victoria-metrics-victoria-metrics-single-server:8428',
    otlpPath: '/opentelemetry/v1/metrics',
    queryPath: '',
  },
} satisfies Record<string, Server>;
