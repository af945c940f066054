import type { Refusal } from './refusal.ts';

const DISK_BUFFER = 'chart/presets/disk-buffer.yaml';

/** What is about the collector. */
export const queueRefusals: readonly Refusal[] = [
  {
    name: 'a queue on disk without its volume',
    presets: [DISK_BUFFER],
    values: `otelcol:
  extraVolumes: [{name: ca, configMap: {name: ca}}]
  extraVolumeMounts: [{name: ca, mountPath: /etc/ca}]`,
    refusal: `The collector's queue is in /var/lib/otelcol/queue, where no volume is mounted: a list in a later values file replaces the whole list. Put these entries into yours:

    otelcol:
      mode: statefulset
      statefulset:
        volumeClaimTemplates:
          - metadata:
              name: queue
            spec:
              accessModes:
                - ReadWriteOnce
              resources:
                requests:
                  storage: 10Gi
      extraVolumeMounts:
        - name: queue
          mountPath: /var/lib/otelcol`,
    mended: {
      values: `otelcol:
  extraVolumes: [{name: ca, configMap: {name: ca}}]
  extraVolumeMounts: [{name: ca, mountPath: /etc/ca}, {name: queue, mountPath: /var/lib/otelcol}]`,
    },
  },
  {
    name: 'a queue on disk in a Deployment, which makes no claims',
    presets: [DISK_BUFFER],
    values: 'otelcol: {mode: deployment}',
    refusal: "The collector's queue is in /var/lib/otelcol/queue, where no volume is mounted",
    mended: { values: 'otelcol: {mode: statefulset}' },
  },
  {
    name: 'a queue on disk whose extension is not started',
    presets: [DISK_BUFFER],
    values: 'otelcol: {alternateConfig: {service: {extensions: [health_check]}}}',
    refusal: `The collector's queue is kept by file_storage/queue, which otelcol.alternateConfig.service.extensions does not start: a list in a later values file replaces the whole list. Write:

    otelcol:
      alternateConfig:
        service:
          extensions:
            - health_check
            - file_storage/queue`,
    mended: {
      values: 'otelcol: {alternateConfig: {service: {extensions: [health_check, file_storage/queue]}}}',
    },
  },
  {
    name: 'a queue on disk beside Kafka',
    presets: [DISK_BUFFER, 'chart/presets/kafka.yaml'],
    refusal:
      'Spans wait on disk in the queue of otlp_grpc/jaeger, and no pipeline sends there. With Kafka between, they wait in its topic. Leave out one of the two presets: disk-buffer or kafka.',
    mended: {
      values: `otelcol: {alternateConfig: {service: {pipelines: {traces/export: {exporters: [otlp_grpc/jaeger]}}}}}`,
    },
  },
];
