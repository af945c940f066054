import type { CollectorConfig, TransformProcessor, Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { credentialsMount, credentialsVolume } from './credentials.ts';
import { spanDelivery } from './delivery.ts';
import { POD_IP } from './environment.ts';
import { memoryLimiter, restrictedContainer, restrictedPod } from './security.ts';

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
    // The group may write to the volume of a queue on disk; without such a volume it changes nothing.
    podSecurityContext: { ...restrictedPod, fsGroup: 10001 },
    securityContext: restrictedContainer,
    serviceAccount: { automountServiceAccountToken: false },
    // Certificates that a backend needs, whichever it is.
    extraVolumes: [credentialsVolume(model.secrets.collector)],
    extraVolumeMounts: [credentialsMount(model.secrets.collector)],
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
    processors: { memory_limiter: memoryLimiter, 'transform/limits': spanLimits },
    // Three stages with a joint between, so that what is done to spans, which of them stay and where they go are lists of
    // their own. The feature `traces` writes the first two.
    connectors: { 'forward/sampled': {}, 'forward/export': {} },
    exporters: { 'otlp_grpc/jaeger': jaegerExporter(model), nop: {} },
    extensions: { health_check: { endpoint: `${POD_IP}:${model.ports.health}` } },
    service: {
      extensions: ['health_check'],
      pipelines: {
        traces: { receivers: ['otlp'] },
        'traces/export': { receivers: ['forward/export'], exporters: ['otlp_grpc/jaeger'] },
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

/**
 * What a span may measure. Badger makes a key of the service's name and each attribute, and takes none over 65,000
 * bytes (dgraph-io/badger v4.9.1, txn.go); Jaeger calls that an error that may pass, so the span would come again and
 * again. A group for each context: the context of a mixed list is guessed, and is wrong for all but one.
 */
const spanLimits: TransformProcessor = {
  error_mode: 'ignore',
  trace_statements: [
    { context: 'resource', statements: [truncateAll('resource.attributes', 16_384)] },
    { context: 'scope', statements: [truncateAll('scope.attributes', 16_384)] },
    {
      context: 'span',
      statements: [
        truncateAll('span.attributes', 32_768),
        truncate('span.name', 1024),
        truncate('span.status.message', 16_384),
      ],
    },
    { context: 'spanevent', statements: [truncateAll('spanevent.attributes', 32_768)] },
  ],
};

/** A statement that cuts the strings of a map, each to a number of bytes, and says so at their end. */
function truncateAll(map: string, bytes: number): string {
  return `truncate_all(${map}, ${bytes}, truncation_marker = " [truncated]")`;
}

/** The same for one string, without a word at its end. */
function truncate(path: string, bytes: number): string {
  return `set(${path}, Substring(${path}, 0, ${bytes}, utf8_safe = true)) where Len(${path}) > ${bytes}`;
}

function jaegerExporter(model: Model) {
  return {
    endpoint: `${model.names.jaeger}:${model.ports.otlpGrpc}`,
    tls: { insecure: true },
    compression: 'none',
    // A receiver with gRPC's default limit takes 4 MiB.
    ...spanDelivery(3_500_000),
  } as const;
}
