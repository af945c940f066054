
{{/* Rules about the collector's configuration. Each renders nothing, or what is wrong and what to write. */}}

{{/* Span metrics go through an exporter, and come back by a backend of Jaeger: a preset for metrics brings both. */}}
{{- define "spacelift-telemetry.validate.spanMetricsBackend" -}}
{{- $collector := (.Values.otelcol).alternateConfig | default dict -}}
{{- $homeless := list -}}
{{- range $name, $pipeline := dig "service" "pipelines" dict $collector -}}
{{- if has "span_metrics" ($pipeline.receivers | default list) -}}
{{- range $pipeline.exporters -}}
{{- if not (or (hasKey ($collector.exporters | default dict) .) (hasKey ($collector.connectors | default dict) .)) -}}
{{- $homeless = append $homeless (printf "the collector has no exporter %s" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $extensions := ((.Values.jaeger).userconfig).extensions | default dict -}}
{{- $backend := dig "jaeger_query" "storage" "metrics" "" $extensions -}}
{{- if and $backend (not (hasKey (dig "jaeger_storage" "metric_backends" dict $extensions) $backend)) -}}
{{- $homeless = append $homeless (printf "Jaeger has no metric backend %s" $backend) -}}
{{- end -}}
{{- if $homeless -}}
Span metrics have nowhere to go: {{ join ", and " ($homeless | uniq) }}. Add the preset of a metrics backend (prometheus, mimir or victoria-metrics):

    --values presets/prometheus.yaml

or write where your own is:

    otelcol:
      alternateConfig:
        exporters:
          {{ include "spacelift-telemetry.metricsExporter" . }}:
            metrics_endpoint: http://prometheus-server/api/v1/otlp/v1/metrics
    jaeger:
      userconfig:
        extensions:
          jaeger_storage:
            metric_backends:
              {{ include "spacelift-telemetry.metricsBackend" . }}:
                prometheus:
                  endpoint: http://prometheus-server
                  normalize_calls: true
                  normalize_duration: true
{{- end -}}
{{- end -}}

{{/* Each distribution is a set of components, and the collector does not start with one that it has not. */}}
{{- define "spacelift-telemetry.validate.collectorDistribution" -}}
{{- $otelcol := .Values.otelcol | default dict -}}
{{- $program := ($otelcol.command).name | default "" -}}
{{- $image := ($otelcol.image).repository | default "" -}}
{{- $strange := list -}}
{{- range $kind := list "receivers" "processors" "exporters" "connectors" "extensions" -}}
{{- $types := include (printf "spacelift-telemetry.distribution.%s" $kind) $ | splitList "," -}}
{{- range $id, $_ := dig $kind dict ($otelcol.alternateConfig | default dict) -}}
{{- if not (has (first (splitList "/" $id)) $types) -}}
{{- $strange = append $strange (printf "the %s %s" (trimSuffix "s" $kind) $id) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $strange (or (eq $program "otelcol-k8s") (hasSuffix "/opentelemetry-collector-k8s" $image)) -}}
The distribution otelcol-k8s has not {{ join ", nor " $strange }}, and the collector's image is {{ $image | quote }} with the program {{ $program | quote }}. Write both:

    otelcol:
      image:
        repository: ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib
      command:
        name: otelcol-contrib
{{- end -}}
{{- end -}}
