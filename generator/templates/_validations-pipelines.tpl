
{{/* Rules about the wiring of both programs. Jaeger is a collector too: its pipelines are held to the same. */}}

{{/* Configurations by the keys that lead to them. */}}
{{- define "spacelift-telemetry.configurations" -}}
{{- $collector := (.Values.otelcol).alternateConfig | default dict -}}
{{- $jaeger := (.Values.jaeger).userconfig | default dict -}}
{{- dict "otelcol.alternateConfig" $collector "jaeger.userconfig" $jaeger | toYaml -}}
{{- end -}}

{{/* A sorted list in words. */}}
{{- define "spacelift-telemetry.listed" -}}
{{- . | sortAlpha | join ", " | default "none" -}}
{{- end -}}

{{/* A program does not start with a pipeline that names what nobody has defined. */}}
{{- define "spacelift-telemetry.validate.pipelineComponents" -}}
{{- $roles := dict "receivers" (list "receivers" "connectors") "processors" (list "processors") "exporters" (list "exporters" "connectors") -}}
{{- range $path, $config := include "spacelift-telemetry.configurations" . | fromYaml -}}
{{- range $name, $pipeline := dig "service" "pipelines" dict $config -}}
{{- range $role, $sections := $roles -}}
{{- $known := list -}}
{{- range $sections -}}{{- $known = concat $known (index $config . | default dict | keys) -}}{{- end -}}
{{- range index ($pipeline | default dict) $role -}}
{{- if not (has . $known) }}
The pipeline {{ $name }} of {{ $path }} names the {{ trimSuffix "s" $role }} {{ . }}, which {{ $path }}.{{ $role }} does not define; defined are {{ include "spacelift-telemetry.listed" $known }}. Define it, or leave it out of the pipeline.
{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A program does not start with a pipeline that has no beginning or no end. */}}
{{- define "spacelift-telemetry.validate.pipelineEnds" -}}
{{- range $path, $config := include "spacelift-telemetry.configurations" . | fromYaml -}}
{{- range $name, $pipeline := dig "service" "pipelines" dict $config -}}
{{- range $role := list "receivers" "exporters" -}}
{{- if empty (index ($pipeline | default dict) $role) }}
The pipeline {{ $name }} of {{ $path }} has no {{ $role }}, and the program does not start with it; name one, or leave the pipeline out.
{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* A connector is the end of one pipeline and the beginning of another. */}}
{{- define "spacelift-telemetry.validate.connectorEnds" -}}
{{- range $path, $config := include "spacelift-telemetry.configurations" . | fromYaml -}}
{{- $ends := list -}}
{{- $beginnings := list -}}
{{- range dig "service" "pipelines" dict $config -}}
{{- $ends = concat $ends ((. | default dict).exporters | default list) -}}
{{- $beginnings = concat $beginnings ((. | default dict).receivers | default list) -}}
{{- end -}}
{{- range $id, $_ := $config.connectors -}}
{{- if ne (has $id $ends) (has $id $beginnings) }}
The connector {{ $id }} of {{ $path }} is among the {{ ternary "exporters" "receivers" (has $id $ends) }} of a pipeline and among the {{ ternary "receivers" "exporters" (has $id $ends) }} of none, and the program does not start with half of it; name it in both, or in neither.
{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* An extension is started by a list, which names what is defined. */}}
{{- define "spacelift-telemetry.validate.definedExtensions" -}}
{{- range $path, $config := include "spacelift-telemetry.configurations" . | fromYaml -}}
{{- $known := $config.extensions | default dict | keys -}}
{{- range ($config.service).extensions -}}
{{- if not (has . $known) }}
service.extensions names {{ . }}, which {{ $path }}.extensions does not define; defined are {{ include "spacelift-telemetry.listed" $known }}. Define it, or leave it out of the list.
{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Kafka's receiver fills in nothing that error_backoff leaves out. Without a factor each pause after the first is none,
and one message that cannot be stored is read and logged a thousand times a second.
*/}}
{{- define "spacelift-telemetry.validate.kafkaPauses" -}}
{{- range $path, $config := include "spacelift-telemetry.configurations" . | fromYaml -}}
{{- range $id, $receiver := $config.receivers -}}
{{- $backoff := ($receiver | default dict).error_backoff | default dict -}}
{{- if and (eq ($id | splitList "/" | first) "kafka") $backoff.enabled (not $backoff.multiplier) }}
The receiver {{ $id }} of {{ $path }} reads a message that was refused again without a pause, since its error_backoff has no multiplier. Write:
{{ include "spacelift-telemetry.paste" (dict "path" (concat (splitList "." $path) (list "receivers" $id "error_backoff" "multiplier")) "value" "1.5") }}
{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
