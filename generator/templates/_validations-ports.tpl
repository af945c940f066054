
{{/* Rules about ports: where a program listens, and where its Service and its probes come. */}}

{{/* What to write, as YAML under a sentence. Takes `path`, a list of keys, and `value`. */}}
{{- define "spacelift-telemetry.paste" -}}
{{- range $depth, $key := .path -}}
{{- printf "\n%s%s:" (repeat (mul 2 $depth | add 4 | int) " ") $key -}}
{{- end -}}
{{- printf " %s" .value -}}
{{- end -}}

{{/* The port behind the last colon; nothing where there is none, or an expression stands for it. */}}
{{- define "spacelift-telemetry.portOf" -}}
{{- regexFind ":[0-9]+$" . | trimPrefix ":" -}}
{{- end -}}

{{/* The jaeger chart's Service and probes have their ports, and no value changes them. */}}
{{- define "spacelift-telemetry.validate.jaegerPorts" -}}
{{- $config := (.Values.jaeger).userconfig | default dict -}}
{{- $listeners := list
  (list "OTLP over gRPC" (include "spacelift-telemetry.otlpGrpcPort" .) (list "receivers" "otlp" "protocols" "grpc" "endpoint"))
  (list "its health" (include "spacelift-telemetry.healthPort" .) (list "extensions" "healthcheckv2" "http" "endpoint"))
  (list "the UI" (include "spacelift-telemetry.queryPort" .) (list "extensions" "jaeger_query" "http" "endpoint")) -}}
{{- range $listeners -}}
{{- $path := last . -}}
{{- $endpoint := include "spacelift-telemetry.textAt" (dict "values" $config "path" $path) -}}
{{- $port := include "spacelift-telemetry.portOf" $endpoint -}}
{{- $fixed := index . 1 -}}
{{- if and $port (ne $port $fixed) }}
Jaeger listens on port {{ $port }} for {{ first . }}, and its Service and its probes come to {{ $fixed }}, which no value changes. Write:
{{ include "spacelift-telemetry.paste" (dict "path" (concat (list "jaeger" "userconfig") $path) "value" (regexReplaceAll "[0-9]+$" $endpoint $fixed)) }}
{{ end -}}
{{- end -}}
{{- end -}}

{{/* The collector's Service and probes lead to the ports that it listens on. */}}
{{- define "spacelift-telemetry.validate.collectorPorts" -}}
{{- $collector := .Values.otelcol | default dict -}}
{{- $grpc := list "receivers" "otlp" "protocols" "grpc" "endpoint" -}}
{{- $health := list "extensions" "health_check" "endpoint" -}}
{{- $expected := list
  (list "ports.otlp.containerPort" (dig "ports" "otlp" "containerPort" 4317 $collector) $grpc)
  (list "livenessProbe.httpGet.port" (dig "livenessProbe" "httpGet" "port" 13133 $collector) $health)
  (list "readinessProbe.httpGet.port" (dig "readinessProbe" "httpGet" "port" 13133 $collector) $health) -}}
{{- $said := list -}}
{{- range $expected -}}
{{- $path := last . -}}
{{- $endpoint := include "spacelift-telemetry.textAt" (dict "values" ($collector.alternateConfig | default dict) "path" $path) -}}
{{- $port := include "spacelift-telemetry.portOf" $endpoint -}}
{{- $right := regexReplaceAll "[0-9]+$" $endpoint (index . 1 | toString) -}}
{{- if and $port (ne $endpoint $right) (not (has $right $said)) }}
{{- $said = append $said $right }}
The collector listens on port {{ $port }}, and otelcol.{{ first . }} is {{ index . 1 }}, so nothing comes there. Write:
{{ include "spacelift-telemetry.paste" (dict "path" (concat (list "otelcol" "alternateConfig") $path) "value" $right) }}
{{ end -}}
{{- end -}}
{{- end -}}

{{/* Spacelift sends to the collector's Service by its name and port, unless it is told of something in front. */}}
{{- define "spacelift-telemetry.validate.collectorService" -}}
{{- $collector := .Values.otelcol | default dict -}}
{{- $service := $collector.service | default dict -}}
{{- $port := include "spacelift-telemetry.otlpGrpcPort" . -}}
{{- $otlp := dig "ports" "otlp" dict $collector -}}
{{- if not ((.Values.spacelift).connect).endpoint -}}
{{- if not (ternary $service.enabled (ne ($collector.mode | default "") "daemonset") (hasKey $service "enabled")) -}}
The collector has no Service, since {{ ternary "otelcol.service.enabled is false" "otelcol.mode is daemonset" (hasKey $service "enabled") }}, and Spacelift sends to it by its name. Write:

    otelcol:
      service:
        enabled: true
{{- else if or (not (dig "enabled" true $otlp)) (ne (dig "servicePort" $port $otlp | toString) $port) -}}
The collector's Service has not the port {{ $port }}, which Spacelift sends to. Write:

    otelcol:
      ports:
        otlp:
          enabled: true
          servicePort: {{ $port }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The text at a path of keys; nothing where there is none. Takes `values`, and `path`, a list of keys. */}}
{{- define "spacelift-telemetry.textAt" -}}
{{- $found := .values -}}
{{- range .path -}}
{{- if kindIs "map" $found -}}{{- $found = get $found . -}}{{- else -}}{{- $found = "" -}}{{- end -}}
{{- end -}}
{{- if kindIs "string" $found -}}{{- $found -}}{{- end -}}
{{- end -}}
