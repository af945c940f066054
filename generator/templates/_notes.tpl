
{{/* What of Spacelift was connected, and how to look at it and undo it; in manual mode the commands that connect it. */}}
{{- define "spacelift-telemetry.notes.connection" -}}
{{- $spacelift := .Values.spacelift | default dict -}}
{{- if eq (include "spacelift-telemetry.hook.mode" .) "manual" -}}
{{- include "spacelift-telemetry.notes.manual" . -}}
{{- else -}}
Spacelift in namespace {{ $spacelift.namespace }} is connected: its Secret{{ if gt (len $spacelift.secrets) 1 }}s{{ end }} {{ join ", " $spacelift.secrets }} got the endpoint,
and the Deployments that read {{ ternary "them" "it" (gt (len $spacelift.secrets) 1) }} were restarted once. What was done stands as an Event on the Secret:

  kubectl events --namespace {{ $spacelift.namespace }} --for secret/{{ first $spacelift.secrets }}

{{ if eq (include "spacelift-telemetry.hook.mode" .) "reconcile" -}}
It is looked at again by this schedule: {{ $spacelift.connect.schedule }}. `helm uninstall` puts it back.
{{- else -}}
`helm uninstall` puts it back. When somebody resets the Secret, `helm upgrade` connects it again, or by itself:

  --values presets/reconcile.yaml
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.notes.manual" -}}
{{- $spacelift := .Values.spacelift | default dict -}}
{{- $namespace := $spacelift.namespace | default "spacelift" -}}
{{- $script := printf "kubectl get configmap %s-manual --namespace %s --output jsonpath=" .Chart.Name .Release.Namespace -}}
Spacelift was left alone. This connects it, and restarts its Deployments one after the other:

  {{ $script }}'{.data.connect\.sh}' | sh

Where an earlier revision had connected it, it stays connected: nothing was put back. Before an uninstall put it back:

  {{ $script }}'{.data.disconnect\.sh}' | sh

Without `| sh` each prints what it would do. The same by hand, where Deployments that are not there are left out:
{{ range $spacelift.secrets }}
  kubectl patch secret {{ . }} --namespace {{ $namespace }} --type merge --patch \
    '{{ include "spacelift-telemetry.manual.connectPatch" $ }}'
{{- end }}
  kubectl get deployment {{ include "spacelift-telemetry.manual.deployments" . }} --namespace {{ $namespace }} --ignore-not-found --output name \
    | xargs kubectl rollout restart --namespace {{ $namespace }}
{{- end -}}

{{/* Where Spacelift's own metrics go: the addresses of the exporters at the end of the pipeline. */}}
{{- define "spacelift-telemetry.notes.metrics" -}}
{{- $collector := (.Values.otelcol).alternateConfig | default dict -}}
{{- $addresses := list -}}
{{- range dig "service" "pipelines" "metrics" "exporters" list $collector -}}
{{- $exporter := index ($collector.exporters | default dict) . | default dict -}}
{{- with $exporter.metrics_endpoint | default $exporter.endpoint -}}{{- $addresses = append $addresses . -}}{{- end -}}
{{- end -}}
{{- if $addresses -}}to {{ join " and " $addresses }}{{- else -}}dropped: no metrics backend is configured{{- end -}}
{{- end -}}
