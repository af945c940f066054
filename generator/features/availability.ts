import type {
  AutoscalingConfig,
  AvailabilityConfig,
  CollectorAvailability,
  JaegerAvailability,
} from '../../schema/types/telemetry-config.ts';
import type { OtelcolChart, Values } from '../../schema/types/values.ts';
import type { Feature } from './feature.ts';

/**
 * How many of each part run, and what keeps them running: owns replicas, autoscaling, disruption budgets, spread and the
 * way a pod ends. A Deployment of up to three pods gives none away at an update by Kubernetes' own default, and a
 * StatefulSet takes no other pace: so the pace is left alone.
 */
export const availability: Feature<AvailabilityConfig> = {
  overlay: ({ collector, jaeger }) => ({
    presets: { availability: collector ? (collector.autoscaling ? 'autoscaling' : 'replicas') : 'single' },
    ...(collector && { otelcol: collectors(collector) }),
    ...(jaeger && { jaeger: { jaeger: jaegers(jaeger) } }),
  }),
  base: {},
  presets: [
    {
      name: 'high-availability',
      purpose:
        'Two collectors on different nodes, of which one stays while nodes are drained. Replaces `collector-autoscaling`.',
      section: { collector: { replicas: 2 } },
    },
    {
      name: 'collector-autoscaling',
      purpose:
        'Two to six collectors by their CPU, on different nodes; the cluster needs the metrics server. Replaces `high-availability`.',
      section: { collector: { autoscaling: {} } },
    },
  ],
};

function collectors({ replicas = 2, autoscaling }: CollectorAvailability): OtelcolChart {
  const several = autoscaling !== undefined || replicas > 1;
  return {
    replicaCount: replicas,
    autoscaling: scaling(autoscaling),
    // A budget for one pod would let no node be drained, or say nothing.
    podDisruptionBudget: { enabled: several, maxUnavailable: 1 },
    topologySpreadConstraints: spread('otelcol'),
    // Until every node knows that the pod goes, some still send to it. Kubernetes waits, since the image has no shell.
    lifecycleHooks: { preStop: { sleep: { seconds: 10 } } },
  };
}

function scaling(autoscaling: AutoscalingConfig | undefined): NonNullable<OtelcolChart['autoscaling']> {
  const { minReplicas = 2, maxReplicas = 6, cpuPercent = 70 } = autoscaling ?? {};
  return {
    enabled: autoscaling !== undefined,
    minReplicas,
    maxReplicas,
    targetCPUUtilizationPercentage: cpuPercent,
  };
}

function jaegers({ replicas = 1 }: JaegerAvailability): NonNullable<NonNullable<Values['jaeger']>['jaeger']> {
  return {
    replicas,
    // One that keeps traces itself must be gone before the next opens them; several share a storage.
    strategy:
      replicas > 1
        ? { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
        : { type: 'Recreate' },
    topologySpreadConstraints: spread('jaeger'),
  };
}

/** One pod for each node and zone as far as possible. A namespace has one release, so the name alone finds its pods. */
function spread(name: string) {
  return ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway' as const,
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
  }));
}
