import type { EnvVar, Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { memoryLimiter, restrictedContainer, restrictedPod } from './security.ts';

/**
 * Puts a hash of Jaeger's configuration into its arguments, so that a change of one rolls the pod.
 *
 * The chart mounts the configuration by subPath and has no annotation for it; `args` is its only templated field.
 * Jaeger shows the value in `target_info`. The prefix keeps a hash of digits from being read as a number.
 */
export const CONFIG_SHA =
  '--set=service.telemetry.resource.config_sha=sha-{{ toYaml .Values.userconfig | sha256sum | trunc 12 }}';

/** The base values of the `jaeger` subchart: a complete Jaeger that keeps traces in memory. */
export function jaegerValues(model: Model): NonNullable<Values['jaeger']> {
  return {
    fullnameOverride: model.names.jaeger,
    jaeger: {
      image: image('jaeger'),
      podSecurityContext: { ...restrictedPod, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 },
      securityContext: restrictedContainer,
      serviceAccount: { automountServiceAccountToken: false },
    },
    esIndexCleaner: { image: image('jaeger-es-index-cleaner'), ...indexJob() },
    esRollover: { image: image('jaeger-es-rollover'), ...indexJob() },
    esLookback: { image: image('jaeger-es-rollover'), ...indexJob() },
    userconfig: {
      service: {
        pipelines: {
          traces: {
            receivers: ['otlp'],
            // No batch here: it would acknowledge spans that the storage then refuses. The collector batches.
            processors: ['memory_limiter'],
            exporters: ['jaeger_storage_exporter'],
          },
        },
        telemetry: {
          metrics: {
            readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: model.ports.metrics } } } }],
          },
        },
      },
      extensions: {
        // Every listener binds all addresses: the defaults are localhost, where neither probe nor Service comes.
        healthcheckv2: { use_v2: true, http: { endpoint: `0.0.0.0:${model.ports.health}` } },
        // Jaeger's own queries would turn up as a service beside Spacelift's.
        jaeger_query: { enable_tracing: false },
      },
      receivers: {
        otlp: {
          protocols: { grpc: { endpoint: `0.0.0.0:${model.ports.otlpGrpc}`, max_recv_msg_size_mib: 16 } },
        },
      },
      processors: { memory_limiter: memoryLimiter },
    },
  };
}

/** Registry and all, as the collector chart has it: `global.imageRegistry` then means the same for both. */
function image(name: string) {
  return { repository: `docker.io/jaegertracing/${name}` };
}

/** What keeps a job of the chart for indices within `restricted`; whether one runs, a storage says. */
function indexJob() {
  return {
    podSecurityContext: { ...restrictedPod, runAsUser: 10001 },
    securityContext: { ...restrictedContainer, runAsUser: 10001 },
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    // A run that hangs would hold up all later ones, since none may overlap.
    activeDeadlineSeconds: 3600,
  };
}

/**
 * GOMEMLIMIT at 95 % of the container's memory limit, whatever that is: the limit in MiB, rounded up by
 * Kubernetes, with six zeros behind it. Go then collects garbage in time instead of being killed.
 */
export function goMemoryLimit(): EnvVar[] {
  return [
    {
      name: 'MEMORY_LIMIT_MIB',
      valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } },
    },
    { name: 'GOMEMLIMIT', value: '$(MEMORY_LIMIT_MIB)000000' },
  ];
}
