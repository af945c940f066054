import packageJson from '../package.json' with { type: 'json' };
import components from '../schema/upstream/components.json' with { type: 'json' };
import { type Dependency, PINS, PROJECT } from './config/pins.ts';

/** The chart's name: of the folder, of its helpers, and of every object it makes. */
const CHART = 'spacelift-telemetry';

/** The sections of the collector's configuration that hold components. */
export const COMPONENT_KINDS = ['receivers', 'processors', 'exporters', 'connectors', 'extensions'] as const;

export type ComponentKind = (typeof COMPONENT_KINDS)[number];

/** A Secret and the folder in which a program sees it. */
export interface MountedSecret {
  readonly name: string;
  readonly mountPath: string;
}

/** Everything that more than one part of the chart must agree on, worked out once. */
export interface Model {
  readonly chart: { readonly name: string; readonly version: string; readonly kubeVersion: string };
  /**
   * Addresses of this version: `files` is where the repository serves a file of it as it is, `charts` the registry's
   * path that the chart is pulled from.
   */
  readonly project: { readonly repository: string; readonly files: string; readonly charts: string };
  readonly jaeger: Dependency;
  readonly collector: Dependency;
  /**
   * Constant names. The subcharts derive theirs from the release's name otherwise, and their configuration
   * cannot be told: one name means one endpoint, right in every document for every release.
   */
  readonly names: {
    readonly jaeger: string;
    readonly collector: string;
    /** The headless Service by which collectors find each other. */
    readonly sampling: string;
    readonly badgerClaim: string;
  };
  /**
   * Secrets that people make, by the names that the presets know them by, and where a pod sees their keys as files:
   * `storage` is Jaeger's login to the trace storage and must be there when it is named; `jaeger` and `collector` are
   * each a place for all else in the pod of that name, and may miss.
   */
  readonly secrets: Readonly<Record<'storage' | 'jaeger' | 'collector', MountedSecret>>;
  readonly ports: {
    readonly otlpGrpc: number;
    /** OTLP over gRPC from collector to collector. */
    readonly sampling: number;
    readonly health: number;
    readonly metrics: number;
    readonly query: number;
  };
  /** Names of the way to the metrics backend: the collector's exporter, and the backend that Jaeger reads from. */
  readonly metrics: { readonly exporter: 'otlp_http/metrics'; readonly backend: string };
  /** The collector's queue on disk: its volume, where the pod mounts it, and the size of its claim. */
  readonly queue: { readonly volume: string; readonly mountPath: string; readonly claimSize: string };
  /** Types of the components that the distribution of the chart's own image has, by their kind. */
  readonly distribution: Readonly<Record<ComponentKind, readonly string[]>>;
  /** Badger's volume: where Jaeger's pod mounts it, and the size of the claim unless somebody says otherwise. */
  readonly badger: { readonly mountPath: string; readonly claimSize: string };
}

/** The model of this version of the chart. */
export const model: Model = {
  chart: { name: CHART, version: packageJson.version, kubeVersion: PINS.kubernetes },
  project: {
    ...PROJECT,
    files: `${PROJECT.repository.replace('github.com', 'raw.githubusercontent.com')}/v${packageJson.version}`,
  },
  jaeger: PINS.jaeger,
  collector: PINS.collector,
  names: {
    jaeger: `${CHART}-jaeger`,
    collector: `${CHART}-collector`,
    sampling: `${CHART}-collector-sampling`,
    badgerClaim: `${CHART}-badger`,
  },
  secrets: {
    storage: { name: `${CHART}-storage`, mountPath: '/etc/spacelift-telemetry/storage' },
    jaeger: { name: `${CHART}-jaeger`, mountPath: '/etc/spacelift-telemetry/jaeger' },
    collector: { name: `${CHART}-collector`, mountPath: '/etc/spacelift-telemetry/collector' },
  },
  ports: { otlpGrpc: 4317, sampling: 4319, health: 13133, metrics: 8888, query: 16686 },
  metrics: { exporter: 'otlp_http/metrics', backend: 'metrics' },
  queue: { volume: 'queue', mountPath: '/var/lib/otelcol', claimSize: '10Gi' },
  distribution: components.k8s,
  badger: { mountPath: '/badger', claimSize: '10Gi' },
};
