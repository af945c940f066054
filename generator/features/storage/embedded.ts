import type { BadgerConfig, MemoryConfig } from '../../../schema/types/telemetry-config.ts';
import type { Values } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { share } from '../../values/quantities.ts';
import { backend, pod } from './pod.ts';
import { noSearchJobs } from './search-jobs.ts';

/** Traces that Jaeger holds in memory unless it is told otherwise. */
export const MAX_TRACES = 20_000;

/** How long Badger keeps a span unless it is told otherwise. */
export const RETENTION = '72h';

/** Traces in Jaeger's own memory. */
export function memory({ maxTraces = MAX_TRACES, memoryLimit = '1Gi' }: MemoryConfig, model: Model): Values {
  return {
    presets: { storage: 'memory' },
    jaeger: {
      jaeger: pod({ memory: [share(memoryLimit, 1 / 2), memoryLimit] }, model),
      userconfig: backend('memory', { max_traces: maxTraces }),
      ...noSearchJobs(),
    },
  };
}

/**
 * Badger 4 with its library defaults, which Jaeger does not let anyone change: five memtables of 64 MiB and a
 * block cache of 256 MiB before the first index is read (dgraph-io/badger v4.9.1, options.go). Hence 2 GiB: measured with
 * Jaeger 2.20, 5,500 spans a second for 75 s peak at 751 MiB and take 364 bytes of disk each.
 */
export function badger({ retention = RETENTION, ...claim }: BadgerConfig, model: Model): Values {
  const path = model.badger.mountPath;
  const claimName = claim.existingClaim || model.names.badgerClaim;
  const needs = {
    memory: ['1Gi', '2Gi'] as const,
    volumes: [{ name: 'badger', persistentVolumeClaim: { claimName } }],
    mounts: [{ name: 'badger', mountPath: path }],
  };
  return {
    presets: { storage: 'badger' },
    ...(Object.keys(claim).length > 0 && { storage: { badger: claim } }),
    jaeger: {
      jaeger: pod(needs, model),
      userconfig: backend('badger', {
        ephemeral: false,
        // One volume for both: Badger keeps whole spans among the keys, next to nothing among the values.
        directories: { keys: `${path}/keys`, values: `${path}/values` },
        ttl: { spans: retention },
      }),
      ...noSearchJobs(),
    },
  };
}
