import type {
  BufferConfig,
  DiskBufferConfig,
  MemoryBufferConfig,
} from '../../schema/types/telemetry-config.ts';
import type { ChartClaimTemplate, Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { credentialsMount } from '../values/credentials.ts';
import { bytes, share } from '../values/quantities.ts';
import type { Feature } from './feature.ts';

/**
 * Where the collector keeps spans that Jaeger has not taken yet. On disk it is a StatefulSet, since the queue has one
 * writer: each pod has a claim of its own, and comes back to it.
 */
export const buffer: Feature<BufferConfig> = {
  overlay: (section, model) => (section.disk ? disk(section.disk, model) : memory(section.memory ?? {})),
  base: {},
  presets: [
    {
      name: 'disk-buffer',
      purpose:
        'Spans that Jaeger has not taken yet wait on a PersistentVolumeClaim of the collector: they outlive its pod.',
      section: { disk: {} },
    },
  ],
};

/** Id of the extension that the queue writes with. */
const STORAGE = 'file_storage/queue';

/**
 * Share of the claim that waiting spans may fill. Measured with 150,000 spans of 308 bytes in requests of 100 and of 512:
 * 310 bytes of queue and 340 of disk each, by steps of 16 MiB. The rest is for smaller requests and for the writer, which
 * needs free space to note what is gone: a disk that is full could not be emptied either.
 */
export const QUEUE_SHARE = 0.6;

/** How long a batch waits in the queue on disk before it is given up, unless it is told otherwise. */
export const GIVE_UP_AFTER = '24h';

function memory({ queueSize, memoryLimit }: MemoryBufferConfig): Values {
  const sending_queue = queueSize && { queue_size: bytes(queueSize) };
  return {
    presets: { buffer: 'memory' },
    ...((queueSize || memoryLimit) && {
      otelcol: {
        ...resources(memoryLimit),
        ...(sending_queue && { alternateConfig: { exporters: { 'otlp_grpc/jaeger': { sending_queue } } } }),
      },
    }),
  };
}

/** A quarter is set aside, as of the base's limit; the processor's share stays the base's. */
function resources(limit: string | undefined) {
  if (!limit) return {};
  return { resources: { requests: { memory: share(limit, 1 / 4) }, limits: { memory: limit } } };
}

function disk(
  { size, storageClass = '', fsync = true, giveUpAfter = GIVE_UP_AFTER, memoryLimit }: DiskBufferConfig,
  { queue: { volume, mountPath, claimSize }, secrets }: Model,
): Values {
  const wanted = size ?? claimSize;
  const directory = `${mountPath}/queue`;
  return {
    presets: { buffer: 'disk' },
    otelcol: {
      mode: 'statefulset',
      ...resources(memoryLimit),
      statefulset: {
        volumeClaimTemplates: [claim(volume, wanted, storageClass)],
        // What waits in a queue goes with its claim, so an uninstall and a scaling down leave it.
        persistentVolumeClaimRetentionPolicy: { enabled: true, whenDeleted: 'Retain', whenScaled: 'Retain' },
      },
      extraVolumeMounts: [credentialsMount(secrets.collector), { name: volume, mountPath }],
      alternateConfig: {
        extensions: {
          [STORAGE]: {
            directory,
            create_directory: true,
            // What is acknowledged is on the disk and not in the node's memory.
            fsync,
            // A file that was damaged all the same is put aside, and does not keep the collector from its start.
            recreate: true,
            // Gives space back once the queue is empty. Not at a start: with a full queue that takes longer than the
            // liveness probe waits, and as much space again.
            compaction: { on_rebound: true, directory, cleanup_on_start: true },
          },
        },
        exporters: {
          'otlp_grpc/jaeger': {
            retry_on_failure: { max_elapsed_time: giveUpAfter },
            sending_queue: { storage: STORAGE, queue_size: Math.floor(bytes(wanted) * QUEUE_SHARE) },
          },
        },
        service: { extensions: ['health_check', STORAGE] },
      },
    },
  };
}

function claim(name: string, size: string, storageClass: string): ChartClaimTemplate {
  return {
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...(storageClass && { storageClassName: storageClass === '-' ? '' : storageClass }),
      resources: { requests: { storage: size } },
    },
  };
}
