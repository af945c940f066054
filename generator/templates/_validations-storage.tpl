
{{/* A backend without a server looks for one in its own pod, and the pod ends when it finds none. */}}
{{- define "spacelift-telemetry.validate.storageServers" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- $settings := dict
  "opensearch" (list "server_urls" "- https://opensearch-cluster-master:9200" (dig "opensearch" "server_urls" "" $backend))
  "elasticsearch" (list "server_urls" "- https://elasticsearch-master:9200" (dig "elasticsearch" "server_urls" "" $backend))
  "cassandra" (list "servers" "- cassandra.cassandra.svc.cluster.local" (dig "cassandra" "connection" "servers" "" $backend))
  "clickhouse" (list "addresses" "- clickhouse:9000" (dig "clickhouse" "addresses" "" $backend))
  "grpc" (list "endpoint" "jaeger-storage:17271" (dig "grpc" "endpoint" "" $backend)) -}}
{{- range $type, $setting := $settings -}}
{{- if and (hasKey $backend $type) (empty (last $setting)) -}}
{{- $value := ternary (printf " %s" (index $setting 1)) (printf "\n%s" (index $setting 1)) (eq $type "grpc") -}}
{{- $line := printf "%s:%s" (first $setting) ($value | replace "\n" "\n  ") -}}
Traces are kept in {{ $type }}, but no server is named, and Jaeger would look for one in its own pod. Write:

    jaeger:
      userconfig:
        extensions:
          jaeger_storage:
            backends:
              {{ $backend.name }}:
                {{ $type }}:
{{- if eq $type "cassandra" }}
                  connection:
                    {{ $line | replace "\n" "\n                    " }}
{{- else }}
                  {{ $line | replace "\n" "\n                  " }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The login of a storage is in lists that a later values file replaces as a whole. */}}
{{- define "spacelift-telemetry.validate.storageLogin" -}}
{{- $text := include "spacelift-telemetry.traceBackend" . -}}
{{- $deployment := (.Values.jaeger).jaeger | default dict -}}
{{- $folder := include "spacelift-telemetry.storageSecretPath" . -}}
{{- $secret := include "spacelift-telemetry.storageSecretName" . -}}
{{- $names := list -}}
{{- range $deployment.extraEnv -}}{{- $names = append $names .name -}}{{- end -}}
{{- $lacking := list -}}
{{- range list "STORAGE_USERNAME" "STORAGE_PASSWORD" -}}
{{- if and (contains (printf "${env:%s}" .) $text) (not (has . $names)) -}}{{- $lacking = append $lacking . -}}{{- end -}}
{{- end -}}
{{- if $lacking }}
Jaeger logs in to its storage with {{ join " and " $lacking }}, which its pod does not have: a list in a later values file replaces the whole list. Put these entries into yours:

    jaeger:
      jaeger:
        extraEnv:
{{- range $lacking }}
          - name: {{ . }}
            valueFrom:
              secretKeyRef:
                name: {{ $secret }}
                key: {{ . | lower | trimPrefix "storage_" }}
{{- end }}
{{ end -}}
{{- $mounts := list -}}
{{- range $deployment.extraVolumeMounts -}}{{- $mounts = append $mounts (.mountPath | default "" | trimSuffix "/") -}}{{- end -}}
{{- if and (contains (printf "%s/" $folder) $text) (not (has $folder $mounts)) }}
Jaeger reads files of {{ $folder }}, where no Secret is mounted: a list in a later values file replaces the whole list. Put these entries into yours:

    jaeger:
      jaeger:
        extraVolumes:
          - name: storage-credentials
            secret:
              secretName: {{ $secret }}
        extraVolumeMounts:
          - name: storage-credentials
            mountPath: {{ $folder }}
            readOnly: true
{{ end -}}
{{- end -}}

{{- define "spacelift-telemetry.validate.clickhouseGate" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- if and (hasKey $backend "clickhouse") (not (contains "storage.clickhouse" (join " " ((.Values.jaeger).jaeger).args))) -}}
Traces are kept in clickhouse, which Jaeger opens only behind a feature gate: a list in a later values file replaces the whole list. Put this entry into yours:

    jaeger:
      jaeger:
        args:
          - --feature-gates=storage.clickhouse
{{- end -}}
{{- end -}}

{{/* Jaeger does not start with a storage that it looks for by a name that none has. */}}
{{- define "spacelift-telemetry.validate.storagePointers" -}}
{{- $config := (.Values.jaeger).userconfig | default dict -}}
{{- $known := dig "extensions" "jaeger_storage" "backends" dict $config | keys -}}
{{- $pointers := list
  (list "extensions" "jaeger_query" "storage" "traces")
  (list "extensions" "jaeger_query" "storage" "traces_archive")
  (list "exporters" "jaeger_storage_exporter" "trace_storage")
  (list "extensions" "remote_sampling" "adaptive" "sampling_store") -}}
{{- range $path := $pointers -}}
{{- $name := include "spacelift-telemetry.textAt" (dict "values" $config "path" $path) -}}
{{- if and $name (not (has $name $known)) }}
{{ join "." $path }} is {{ $name | quote }}, and jaeger.userconfig.extensions.jaeger_storage.backends has no backend of that name; there are {{ include "spacelift-telemetry.listed" $known }}. Write one of them, or define it.
{{ end -}}
{{- end -}}
{{- end -}}
