import type {
  MetricsBackendConfig,
  MetricsBackendTls,
  MetricsConfig,
} from '../../../schema/types/telemetry-config.ts';
import type { TlsClient, TransformProcessor, Values } from '../../../schema/types/values.ts';
import type { Model, MountedSecret } from '../../model.ts';
import { credentialsFile } from '../../values/credentials.ts';
import { fromEnv } from '../../values/environment.ts';
import type { Feature } from '../feature.ts';
import { servers } from './servers.ts';

/**
 * Where Spacelift's own metrics go, and where the Monitor tab reads from. Owns the pipeline `metrics`, the exporter and the
 * metric backend named in the model, and the collector's environment variables: each server writes all of them.
 */
export const metrics: Feature<MetricsConfig> = {
  overlay: ({ prometheus, mimir, victoriaMetrics }, model) => {
    if (prometheus) return backend('prometheus', prometheus, model);
    if (mimir) return backend('mimir', mimir, model);
    return victoriaMetrics
      ? backend('victoria-metrics', victoriaMetrics, model)
      : { presets: { metrics: 'none' } };
  },
  base: {},
  presets: [
    {
      name: 'prometheus',
      purpose: "Spacelift's own metrics into Prometheus 3, at `http://prometheus-server`.",
      section: { prometheus: {} },
    },
    {
      name: 'mimir',
      purpose: "Spacelift's own metrics into Grafana Mimir, at `http://mimir-gateway`.",
      section: { mimir: {} },
    },
    {
      name: 'victoria-metrics',
      purpose: "Spacelift's own metrics into VictoriaMetrics, on a single node of its chart.",
      section: { victoriaMetrics: {} },
    },
  ],
};

/** The variable that the exporter reads, and the key of the Secret that it comes from. */
const AUTHORIZATION = { variable: 'METRICS_AUTHORIZATION', key: 'authorization' } as const;

function backend(
  name: keyof typeof servers,
  { endpoint = servers[name].endpoint, queryEndpoint, existingSecret, tls }: MetricsBackendConfig,
  { metrics: ids, secrets }: Model,
): Values {
  const { otlpPath, queryPath } = servers[name];
  return {
    presets: { metrics: name },
    otelcol: {
      extraEnvs: existingSecret ? [authorizationFrom(existingSecret)] : [],
      alternateConfig: {
        processors: { 'transform/instance': senderAsInstance },
        exporters: {
          [ids.exporter]: {
            metrics_endpoint: endpoint + otlpPath,
            ...authority(tls, secrets.collector),
            ...(existingSecret && { headers: { Authorization: fromEnv(AUTHORIZATION.variable) } }),
            ...delivery,
          },
        },
        service: {
          pipelines: {
            metrics: { processors: ['memory_limiter', 'transform/instance'], exporters: [ids.exporter] },
          },
        },
      },
    },
    jaeger: {
      userconfig: {
        extensions: {
          jaeger_storage: {
            metric_backends: {
              [ids.backend]: {
                prometheus: {
                  endpoint: queryEndpoint ?? endpoint + queryPath,
                  ...authority(tls, secrets.jaeger),
                  // Jaeger can show a bearer token there, and no user with a password.
                  ...(existingSecret && { token_file_path: credentialsFile(secrets.jaeger, TOKEN_KEY) }),
                  ...readAsWritten,
                },
              },
            },
          },
        },
      },
    },
  };
}

/** The key of the Secret in Jaeger's pod that the Monitor tab is let in with. */
const TOKEN_KEY = 'metrics-token';

/** The authority of the server's certificate, where it is not one that everybody trusts. */
function authority({ caKey }: MetricsBackendTls = {}, files: MountedSecret): { tls?: TlsClient } {
  return caKey ? { tls: { insecure: false, ca_file: credentialsFile(files, caKey) } } : {};
}

function authorizationFrom(name: string) {
  const { variable, key } = AUTHORIZATION;
  return { name: variable, valueFrom: { secretKeyRef: { name, key } } };
}

/**
 * Prometheus takes the samples of a series in the order of their time and refuses an older one for good, unless it is
 * told otherwise: hence one request at a time, and no later one before it is through. Totals since the start, which
 * Spacelift's SDK sends and Prometheus wants, pass as they are: what is given up after five minutes is in the next ones.
 */
const delivery = {
  timeout: '10s',
  retry_on_failure: { initial_interval: '1s', max_interval: '10s', max_elapsed_time: '5m' },
  sending_queue: {
    num_consumers: 1,
    sizer: 'bytes',
    queue_size: 10_000_000,
    batch: { flush_timeout: '1s', sizer: 'bytes', min_size: 100_000, max_size: 1_000_000 },
  },
} as const;

/**
 * Names the sender where it does not name itself, by the address it sends from: without `service.instance.id` the
 * replicas of a service would all write to one series. The port goes, since each connection has another.
 */
const senderAsInstance: TransformProcessor = {
  error_mode: 'ignore',
  metric_statements: [
    {
      context: 'resource',
      statements: [
        'set(resource.attributes["service.instance.id"], ExtractPatterns(otelcol.client.addr, "^(?P<host>.+):[0-9]+")["host"]) where resource.attributes["service.instance.id"] == nil',
      ],
    },
  ],
};

/** Names of span metrics as these servers keep them; Jaeger looks for other ones by default, and finds nothing. */
const readAsWritten = {
  metric_namespace: 'traces_span_metrics',
  latency_unit: 'ms',
  normalize_calls: true,
  normalize_duration: true,
} as const;
