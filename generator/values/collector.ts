import type { CollectorConfig, Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { memoryLimiter, restrictedContainer, restrictedPod } from './security.ts';

/** The pod's own address, by an environment variable that the chart sets. */
const POD_IP = '$' + '{env:MY_POD_IP}';

/** The base values of the `opentelemetry-collector` subchart: OTLP over gRPC in, Jaeger behind it. */
export function collectorValues(model: Model): NonNullable<Values['otelcol']> {
  return {
    fullnameOverride: model.names.collector,
    mode: 'deployment',
    image: {
      repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s',
    },
    command: { name: 'otelcol-k8s' },
    resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { memory: '1Gi' } },
    podSecurityContext: restrictedPod,
    securityContext: restrictedContainer,
    serviceAccount: { automountServiceAccountToken: false },
    // Time to empty the queue into Jaeger at the end.
    terminationGracePeriodSeconds: 60,
    ports: {
      'otlp-http': { enabled: false },
      'jaeger-compact': { enabled: false },
      'jaeger-thrift': { enabled: false },
      'jaeger-grpc': { enabled: false },
      zipkin: { enabled: false },
    },
    // Not `config`: Helm merges upstream's receivers and pipelines into that one, and nulls that would take
    // them out mean something else in each version of Helm.
    alternateConfig: collectorConfig(model),
  };
}

function collectorConfig(model: Model): CollectorConfig {
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: {
            endpoint: `${POD_IP}:${model.ports.otlpGrpc}`,
            // gRPC clients stay with one pod for ever otherwise, also after a second one has come.
            keepalive: { server_parameters: { max_connection_age: '60s', max_connection_age_grace: '30s' } },
          },
        },
      },
    },
    processors: { memory_limiter: memoryLimiter },
    exporters: { 'otlp_grpc/jaeger': jaegerExporter(model), nop: {} },
    extensions: { health_check: { endpoint: `${POD_IP}:${model.ports.health}` } },
    service: {
      extensions: ['health_check'],
      pipelines: {
        traces: { receivers: ['otlp'], processors: ['memory_limiter'], exporters: ['otlp_grpc/jaeger'] },
        // Spacelift sends metrics too, and logs an error for each batch that nobody takes. Jaeger takes none.
        metrics: { receivers: ['otlp'], exporters: ['nop'] },
      },
      telemetry: {
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { host: POD_IP, port: model.ports.metrics } } } }],
        },
      },
    },
  };
}

function jaegerExporter(model: Model) {
  return {
    endpoint: `${model.names.jaeger}:${model.ports.otlpGrpc}`,
    tls: { insecure: true },
    compression: 'none',
    timeout: '10s',
    retry_on_failure: { initial_interval: '1s', max_interval: '30s', max_elapsed_time: '0s' },
    sending_queue: {
      // Measured full, with Jaeger away: 324,000 spans of 308 bytes, and the process at 344 MiB of its 1 GiB. Then it
      // refuses spans in a way that senders try again.
      sizer: 'bytes',
      queue_size: 100_000_000,
      // A batch of more than 4 MiB is refused for good by a receiver with gRPC's default limit.
      batch: { flush_timeout: '200ms', sizer: 'bytes', min_size: 500_000, max_size: 3_500_000 },
    },
  } as const;
}
