
{{/*
What connects Spacelift by hand, as scripts for a POSIX shell with kubectl. They compare what a Secret holds as it is
encoded there, so that no value is printed. Names come from the values, whose schema lets no quote through.
*/}}
{{- define "spacelift-telemetry.manual.head" -}}
{{- $spacelift := .Values.spacelift | default dict -}}
set -eu
namespace='{{ $spacelift.namespace | default "spacelift" }}'
endpoint='{{ include "spacelift-telemetry.endpoint" . }}'
encoded_endpoint='{{ include "spacelift-telemetry.endpoint" . | b64enc }}'
changed="${RESTART:-}" # RESTART=yes restarts in any case: after a run that was stopped before its end

# The value of a key as the Secret holds it; nothing where there is none.
value() {
  kubectl get secret "$1" --namespace "$namespace" --output "jsonpath={.data.$2}"
}

# One Deployment after the other, the server last; those that are not there are left out.
restart() {
  {{- if eq (($spacelift.connect).restart | default "onChange") "never" }}
  echo 'Not restarted, since spacelift.connect.restart is never. Spacelift reads the Secret when its pods start.'
  {{- else }}
  for deployment in {{ include "spacelift-telemetry.manual.deployments" . }}; do
    found=$(kubectl get deployment "$deployment" --namespace "$namespace" --ignore-not-found --output name)
    if [ -n "$found" ]; then
      kubectl rollout restart "deployment/$deployment" --namespace "$namespace"
      kubectl rollout status "deployment/$deployment" --namespace "$namespace" --timeout "${TIMEOUT:-10m}"
    fi
  done
  {{- end }}
}
{{- end -}}

{{/* Names in the order of their restarts. */}}
{{- define "spacelift-telemetry.manual.deployments" -}}
{{- $others := list -}}{{- $servers := list -}}
{{- range (.Values.spacelift | default dict).deployments -}}
{{- if regexMatch "(^|-)server$" . -}}{{- $servers = append $servers . -}}{{- else -}}{{- $others = append $others . -}}{{- end -}}
{{- end -}}
{{- concat $others $servers | join " " -}}
{{- end -}}

{{- define "spacelift-telemetry.manual.connectPatch" -}}
{"stringData":{"OBSERVABILITY_VENDOR":"OpenTelemetry","OTEL_EXPORTER_OTLP_ENDPOINT":"{{ include "spacelift-telemetry.endpoint" . }}"}}
{{- end -}}

{{/* Takes off also what the hook of an earlier revision has noted. */}}
{{- define "spacelift-telemetry.manual.disconnectPatch" -}}
{{- $notes := dict -}}
{{- range list "owner" "endpoint" "previous" "marker" "marker-time" "collector" -}}
{{- $_ := set $notes (printf "%s/%s" $.Chart.Name .) nil -}}
{{- end -}}
{{- dict "metadata" (dict "annotations" $notes) "stringData" (dict "OBSERVABILITY_VENDOR" "Disabled") "data" (dict "OTEL_EXPORTER_OTLP_ENDPOINT" nil) | toJson -}}
{{- end -}}

{{- define "spacelift-telemetry.manual.connect" -}}
#!/bin/sh
# Connects Spacelift to the collector of the release {{ .Release.Name }} in namespace {{ .Release.Namespace }}.
# Without a change it writes nothing and restarts nothing.
{{ include "spacelift-telemetry.manual.head" . }}

to_connect='' # all are looked at before one is written
for secret in {{ (.Values.spacelift | default dict).secrets | join " " }}; do
  vendor=$(value "$secret" OBSERVABILITY_VENDOR)
  current=$(value "$secret" OTEL_EXPORTER_OTLP_ENDPOINT)
  case "$vendor $current" in
    "{{ "OpenTelemetry" | b64enc }} $encoded_endpoint")
      echo "The Secret $secret points Spacelift at $endpoint already." ;;
    ' '* | '{{ "Disabled" | b64enc }} '*)
      to_connect="$to_connect $secret" ;;
    *)
      echo "The Secret $secret already sends telemetry elsewhere: unset OBSERVABILITY_VENDOR in it to end that." >&2
      exit 1 ;;
  esac
done
for secret in $to_connect; do
  kubectl patch secret "$secret" --namespace "$namespace" --type merge --patch \
    '{{ include "spacelift-telemetry.manual.connectPatch" . }}'
  changed=yes
done
if [ -n "$changed" ]; then restart; fi
{{- end -}}

{{- define "spacelift-telemetry.manual.disconnect" -}}
#!/bin/sh
# Disconnects Spacelift from the collector of the release {{ .Release.Name }} in namespace {{ .Release.Namespace }}.
# What points elsewhere is left as it is.
{{ include "spacelift-telemetry.manual.head" . }}

for secret in {{ (.Values.spacelift | default dict).secrets | join " " }}; do
  current=$(value "$secret" OTEL_EXPORTER_OTLP_ENDPOINT)
  if [ "$current" = "$encoded_endpoint" ]; then
    kubectl patch secret "$secret" --namespace "$namespace" --type merge --patch \
      '{{ include "spacelift-telemetry.manual.disconnectPatch" . }}'
    changed=yes
  else
    echo "The Secret $secret does not point Spacelift at $endpoint."
  fi
done
if [ -n "$changed" ]; then restart; fi
{{- end -}}
