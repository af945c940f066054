import { printPaste } from '../../config/remedy.ts';
import { at, listAt, mapAt, mapsAt, textAt } from '../../text/json-path.ts';
import { type Rule, type Subject, yaml } from './rule.ts';
import { COLLECTOR, isMounted } from './storage-backend.ts';

const TO_JAEGER = 'otlp_grpc/jaeger';

/** The storage extension of the queue to Jaeger, when it keeps that in files; empty for a queue in memory. */
function queueStorage({ values }: Subject): string {
  const storage = textAt(values, ...COLLECTOR, 'exporters', TO_JAEGER, 'sending_queue', 'storage');
  return storage.startsWith('file_storage') ? storage : '';
}

/** A queue on disk writes to its folder, and the collector's root file system is read-only. */
export const queueVolume: Rule = (subject) => {
  const { values, model } = subject;
  const storage = queueStorage(subject);
  if (storage === '') return [];
  const directory =
    textAt(values, ...COLLECTOR, 'extensions', storage, 'directory') || '/var/lib/otelcol/file_storage';
  const claims = mapsAt(values, 'otelcol', 'statefulset', 'volumeClaimTemplates');
  const volumes = [
    ...mapsAt(values, 'otelcol', 'extraVolumes').map(({ name }) => name),
    ...(at(values, 'otelcol', 'mode') === 'statefulset'
      ? claims.map((claim) => at(claim, 'metadata', 'name'))
      : []),
  ];
  if (isMounted(directory, mapsAt(values, 'otelcol', 'extraVolumeMounts'), volumes)) return [];
  const { volume: name, mountPath, claimSize } = model.queue;
  const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: claimSize } } };
  return [
    {
      path: ['otelcol', 'extraVolumeMounts'],
      message: `The collector's queue is in ${directory}, where no volume is mounted: a list in a later values file replaces the whole list. Put these entries into yours`,
      yaml: yaml('otelcol', {
        mode: 'statefulset',
        statefulset: { volumeClaimTemplates: [{ metadata: { name }, spec }] },
        extraVolumeMounts: [{ name, mountPath }],
      }),
    },
  ];
};

/** An extension that is not in the list is not started, and the queue then keeps the collector from its start. */
export const queueExtension: Rule = (subject) => {
  const storage = queueStorage(subject);
  const path = [...COLLECTOR, 'service', 'extensions'];
  const extensions = listAt(subject.values, ...path);
  if (storage === '' || extensions.includes(storage)) return [];
  return [
    {
      path,
      message: `The collector's queue is kept by ${storage}, which ${path.join('.')} does not start: a list in a later values file replaces the whole list. Write`,
      yaml: printPaste(path, [...extensions, storage]),
    },
  ];
};

/** The queue is that of the exporter to Jaeger. With another exporter in its place nothing waits on the disk. */
export const queueUse: Rule = (subject) => {
  const pipelines = Object.values(mapAt(subject.values, ...COLLECTOR, 'service', 'pipelines'));
  const used = pipelines.flatMap((pipeline) => listAt({ pipeline }, 'pipeline', 'exporters'));
  if (queueStorage(subject) === '' || used.includes(TO_JAEGER)) return [];
  return [
    {
      path: [...COLLECTOR, 'exporters', TO_JAEGER, 'sending_queue', 'storage'],
      message: `Spans wait on disk in the queue of ${TO_JAEGER}, and no pipeline sends there. With Kafka between, they wait in its topic. Leave out one of the two presets: disk-buffer or kafka`,
    },
  ];
};
