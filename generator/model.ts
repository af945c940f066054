import packageJson from '../package.json' with { type: 'json' };
import { type Dependency, PINS, PROJECT } from './config/pins.ts';

/** The chart's name: of the folder, of its helpers, and of every object it makes. */
const CHART = 'spacelift-telemetry';

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
  readonly ports: {
    readonly otlpGrpc: number;
    /** OTLP over gRPC from collector to collector. */
    readonly sampling: number;
    readonly health: number;
    readonly metrics: number;
    readonly query: number;
  };
  /** The collector's queue on disk: its volume, where the pod mounts it, and the size of its claim. */
  readonly queue: { readonly volume: string; readonly mountPath: string; readonly claimSize: string };
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
  ports: { otlpGrpc: 4317, sampling: 4319, health: 13133, metrics: 8888, query: 16686 },
  queue: { volume: 'queue', mountPath: '/var/lib/otelcol', claimSize: '10Gi' },
  badger: { mountPath: '/badger', claimSize: '10Gi' },
};
