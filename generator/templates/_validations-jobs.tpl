
{{/*
The jobs of the jaeger chart know nothing of Jaeger's configuration: where they must agree with it, it is held here.
The jobs that are on, as a YAML list of their keys.
*/}}
{{- define "spacelift-telemetry.indexJobs" -}}
{{- $on := list -}}
{{- range $job := list "esIndexCleaner" "esRollover" "esLookback" -}}
{{- if (index ($.Values.jaeger | default dict) $job | default dict).enabled -}}{{- $on = append $on $job -}}{{- end -}}
{{- end -}}
{{- toYaml $on -}}
{{- end -}}

{{/* The settings of OpenSearch or Elasticsearch as YAML, nothing for another storage. */}}
{{- define "spacelift-telemetry.searchBackend" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- with $backend.opensearch | default $backend.elasticsearch -}}{{- toYaml . -}}{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.validate.indexJobs" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- $search := include "spacelift-telemetry.searchBackend" . | fromYaml -}}
{{- range $job := include "spacelift-telemetry.indexJobs" . | fromYamlArray -}}
{{- if not $search }}
jaeger.{{ $job }} is on, but traces are kept in {{ omit $backend "name" | keys | first | default "no storage" }}, which has no indices. Write:

    jaeger:
      {{ $job }}:
        enabled: false
{{ end -}}
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.validate.indexJobsServer" -}}
{{- $search := include "spacelift-telemetry.searchBackend" . | fromYaml -}}
{{- $urls := $search.server_urls | default list -}}
{{- $url := (((.Values.jaeger).storage).elasticsearch).url | default "" -}}
{{- if and (include "spacelift-telemetry.indexJobs" . | fromYamlArray) $urls (not (has $url $urls)) (not (contains "${env:" (join " " $urls))) -}}
The jobs that look after indices talk to {{ $url | quote }}, and Jaeger to {{ join " and " $urls }}. Write:

    jaeger:
      storage:
        elasticsearch:
          url: {{ first $urls }}
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.validate.indexJobsPrefix" -}}
{{- $search := include "spacelift-telemetry.searchBackend" . | fromYaml -}}
{{- $prefix := dig "indices" "index_prefix" "" $search | trimSuffix "-" -}}
{{- range $job := include "spacelift-telemetry.indexJobs" . | fromYamlArray -}}
{{- $settings := index $.Values.jaeger $job -}}
{{- $own := "" -}}
{{- range $settings.extraEnv -}}{{- if eq (.name | default "") "INDEX_PREFIX" -}}{{- $own = .value | default "" -}}{{- end -}}{{- end -}}
{{- $own = dig "index-prefix" $own ($settings.cmdlineParams | default dict) -}}
{{- if and $search (ne (toString $own) $prefix) }}
jaeger.{{ $job }} looks after indices with the prefix {{ $own | quote }}, and Jaeger writes them with {{ $prefix | quote }}. Put this entry in the place of the other:

    jaeger:
      {{ $job }}:
        extraEnv:
          - name: INDEX_PREFIX
            value: {{ $prefix | quote }}
{{ end -}}
{{- end -}}
{{- end -}}

{{/* Jaeger would go on writing daily indices, and nothing would ever roll over. */}}
{{- define "spacelift-telemetry.validate.rolloverAliases" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- $search := include "spacelift-telemetry.searchBackend" . | fromYaml -}}
{{- if and $search (((.Values.jaeger).esRollover).enabled) (not $search.use_aliases) -}}
jaeger.esRollover is on, but Jaeger does not write to the aliases that it moves. Write:

    jaeger:
      userconfig:
        extensions:
          jaeger_storage:
            backends:
              {{ $backend.name }}:
                {{ omit $backend "name" | keys | first }}:
                  use_aliases: true
{{- end -}}
{{- end -}}
