
{{/* The storage extension of the queue to Jaeger, when it keeps that in files; empty for a queue in memory. */}}
{{- define "spacelift-telemetry.queueStorage" -}}
{{- $exporters := ((.Values.otelcol).alternateConfig).exporters | default dict -}}
{{- $storage := dig "otlp_grpc/jaeger" "sending_queue" "storage" "" $exporters -}}
{{- if hasPrefix "file_storage" $storage -}}{{- $storage -}}{{- end -}}
{{- end -}}

{{/* A queue on disk writes to its folder, and the collector's root file system is read-only. */}}
{{- define "spacelift-telemetry.validate.queueVolume" -}}
{{- $storage := include "spacelift-telemetry.queueStorage" . -}}
{{- if $storage -}}
{{- $collector := .Values.otelcol | default dict -}}
{{- $directory := dig "extensions" $storage "directory" "/var/lib/otelcol/file_storage" ($collector.alternateConfig | default dict) -}}
{{- $volumes := list -}}
{{- range $collector.extraVolumes -}}{{- $volumes = append $volumes .name -}}{{- end -}}
{{- if eq $collector.mode "statefulset" -}}
{{- range ($collector.statefulset).volumeClaimTemplates -}}{{- $volumes = append $volumes (.metadata).name -}}{{- end -}}
{{- end -}}
{{- $volume := include "spacelift-telemetry.queueVolume" . -}}
{{- if not (include "spacelift-telemetry.isMounted" (dict "path" $directory "mounts" $collector.extraVolumeMounts "volumes" $volumes)) -}}
The collector's queue is in {{ $directory }}, where no volume is mounted: a list in a later values file replaces the whole list. Put these entries into yours:

    otelcol:
      mode: statefulset
      statefulset:
        volumeClaimTemplates:
          - metadata:
              name: {{ $volume }}
            spec:
              accessModes:
                - ReadWriteOnce
              resources:
                requests:
                  storage: {{ include "spacelift-telemetry.queueClaimSize" . }}
      extraVolumeMounts:
        - name: {{ $volume }}
          mountPath: {{ include "spacelift-telemetry.queueMountPath" . }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* An extension that is not in the list is not started, and the queue then keeps the collector from its start. */}}
{{- define "spacelift-telemetry.validate.queueExtension" -}}
{{- $storage := include "spacelift-telemetry.queueStorage" . -}}
{{- $extensions := (((.Values.otelcol).alternateConfig).service).extensions | default list -}}
{{- if and $storage (not (has $storage $extensions)) -}}
The collector's queue is kept by {{ $storage }}, which otelcol.alternateConfig.service.extensions does not start: a list in a later values file replaces the whole list. Write:

    otelcol:
      alternateConfig:
        service:
          extensions:
            {{- range append $extensions $storage }}
            - {{ . }}
            {{- end }}
{{- end -}}
{{- end -}}

{{/* The queue is that of the exporter to Jaeger. With another exporter in its place nothing waits on the disk. */}}
{{- define "spacelift-telemetry.validate.queueUse" -}}
{{- $used := list -}}
{{- range (((.Values.otelcol).alternateConfig).service).pipelines -}}
{{- range .exporters -}}{{- $used = append $used . -}}{{- end -}}
{{- end -}}
{{- if and (include "spacelift-telemetry.queueStorage" .) (not (has "otlp_grpc/jaeger" $used)) -}}
Spans wait on disk in the queue of otlp_grpc/jaeger, and no pipeline sends there. With Kafka between, they wait in its topic. Leave out one of the two presets: disk-buffer or kafka.
{{- end -}}
{{- end -}}
