import type { BadgerConfig, MemoryConfig, StorageConfig } from '../../schema/types/telemetry-config.ts';
import type { BadgerBackend, JaegerDeployment, MemoryBackend, Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import type { Feature } from './feature.ts';

/**
 * Where Jaeger keeps traces. Owns Jaeger's resources and volumes and the two pointers at a backend: each type
 * writes all of them, so that the later of two presets replaces the earlier wholly. A backend that nothing points
 * at may stay behind; Jaeger opens none before it is used.
 */
export const storage: Feature<StorageConfig> = {
  overlay: (section, model) => {
    if (section.badger) return badger(section.badger, model);
    return section.memory ? memory(section.memory) : {};
  },
  base: { memory: {} },
  presets: [
    {
      name: 'memory',
      purpose: "Traces in Jaeger's memory: the default, and the way back from another storage.",
      section: { memory: {} },
    },
    {
      name: 'badger',
      purpose:
        'Traces in Badger on a PersistentVolumeClaim: they outlive the pod, an upgrade and an uninstall.',
      section: { badger: {} },
    },
  ],
};

function memory({ maxTraces = 20_000 }: MemoryConfig): Values {
  return {
    presets: { storage: 'memory' },
    jaeger: {
      jaeger: { resources: resources('512Mi', '1Gi'), extraVolumes: [], extraVolumeMounts: [] },
      userconfig: backend('memory', { memory: { max_traces: maxTraces } }),
    },
  };
}

/**
 * Badger 4 with its library defaults, which Jaeger does not let anyone change: five memtables of 64 MiB and a
 * block cache of 256 MiB before the first index is read (dgraph-io/badger v4.9.1, options.go). Hence 2 GiB: measured with
 * Jaeger 2.20, 5,500 spans a second for 75 s peak at 751 MiB and take 364 bytes of disk each.
 */
function badger({ retention = '72h', ...claim }: BadgerConfig, model: Model): Values {
  const path = model.badger.mountPath;
  return {
    presets: { storage: 'badger' },
    ...(Object.keys(claim).length > 0 && { storage: { badger: claim } }),
    jaeger: {
      jaeger: {
        resources: resources('1Gi', '2Gi'),
        extraVolumes: [
          {
            name: 'badger',
            persistentVolumeClaim: { claimName: claim.existingClaim || model.names.badgerClaim },
          },
        ],
        extraVolumeMounts: [{ name: 'badger', mountPath: path }],
      },
      userconfig: backend('badger', {
        badger: {
          ephemeral: false,
          // One volume for both: Badger keeps whole spans among the keys, next to nothing among the values.
          directories: { keys: `${path}/keys`, values: `${path}/values` },
          ttl: { spans: retention },
        },
      }),
    },
  };
}

function resources(request: string, limit: string): NonNullable<JaegerDeployment['resources']> {
  return { requests: { cpu: '200m', memory: request }, limits: { memory: limit } };
}

/** A backend named after its type, and both pointers at it. */
function backend(name: string, settings: { memory: MemoryBackend } | { badger: BadgerBackend }) {
  return {
    extensions: {
      jaeger_query: { storage: { traces: name } },
      jaeger_storage: { backends: { [name]: settings } },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: name } },
  };
}
