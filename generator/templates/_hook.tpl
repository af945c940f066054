
{{/* How Spacelift is connected. An older release's values, which --reuse-values brings, have no mode: a job then. */}}
{{- define "spacelift-telemetry.hook.mode" -}}
{{- ((.Values.spacelift).connect).mode | default "job" -}}
{{- end -}}

{{/*
Name of Role and RoleBinding. They live in Spacelift's namespace, where releases of equal names from two namespaces
meet: so the release's namespace is in the name, and a hash of it where that would be too long for a CronJob's pods.
*/}}
{{- define "spacelift-telemetry.hook.roleName" -}}
{{- $name := printf "%s-%s" .Chart.Name .Release.Namespace -}}
{{- if gt (len $name) 52 -}}
{{- $name = printf "%s-%s" ($name | trunc 43 | trimSuffix "-") (sha256sum .Release.Namespace | trunc 8) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "spacelift-telemetry.hook.account" -}}
{{- ((.Values.spacelift).connect).serviceAccountName | default (printf "%s-hook" .Chart.Name) -}}
{{- end -}}

{{/* Who looks whether Spacelift is still connected: an account that may only get, or the one that the user has made. */}}
{{- define "spacelift-telemetry.hook.testAccount" -}}
{{- ((.Values.spacelift).connect).serviceAccountName | default (printf "%s-test-connection" .Chart.Name) -}}
{{- end -}}

{{- define "spacelift-telemetry.hook.testRoleName" -}}
{{- include "spacelift-telemetry.hook.roleName" . }}{{ if not ((.Values.spacelift).connect).serviceAccountName }}-test{{ end -}}
{{- end -}}

{{/* The settings that connect and disconnect read. In manual mode there is no target, so nothing is ever moved. */}}
{{- define "spacelift-telemetry.hook.settings" -}}
{{- $spacelift := .Values.spacelift | default dict -}}
{{- $connect := $spacelift.connect | default dict -}}
{{- $manual := eq (include "spacelift-telemetry.hook.mode" .) "manual" -}}
{{- $settings := dict
  "release" (dict "name" .Release.Name "namespace" .Release.Namespace "revision" .Release.Revision)
  "endpoint" (include "spacelift-telemetry.endpoint" .)
  "service" (include "spacelift-telemetry.collectorName" .)
  "spacelift" (dict
    "namespace" $spacelift.namespace
    "secrets" (ternary list $spacelift.secrets $manual)
    "deployments" (ternary list $spacelift.deployments $manual))
  "connect" (dict
    "timeoutSeconds" ($connect.timeoutSeconds | int64)
    "takeOver" $connect.takeOver
    "existingVendor" $connect.existingVendor
    "managedSecret" ($connect.managedSecret | default "refuse")
    "onDisconnectFailure" $connect.onDisconnectFailure
    "onRolloutFailure" ($connect.onRolloutFailure | default "warn")
    "restart" ($connect.restart | default "onChange")
    "restartDelaySeconds" ($connect.restartDelaySeconds | default 0 | int64))
  "role" (include "spacelift-telemetry.hook.roleName" .) -}}
{{- if $connect.restartOnCollectorChange -}}
{{- $_ := set $settings "collector" (include "spacelift-telemetry.hook.collectorHash" .) -}}
{{- end -}}
{{- toPrettyJson $settings -}}
{{- end -}}

{{/* Changes with what the collector's pods are made of: its values, and the version of its chart. */}}
{{- define "spacelift-telemetry.hook.collectorHash" -}}
{{- dict "values" .Values.otelcol "chart" .Subcharts.otelcol.Chart.Version | toJson | sha256sum | trunc 12 -}}
{{- end -}}

{{/* Name of the ConfigMap with the scripts: their hash is in it, so it never changes and can be immutable. */}}
{{- define "spacelift-telemetry.hook.scripts" -}}
{{- $scripts := print (.Files.Get "files/connect.mjs") (.Files.Get "files/disconnect.mjs") -}}
{{- printf "%s-hook-%s" .Chart.Name (sha256sum $scripts | trunc 8) -}}
{{- end -}}

{{- define "spacelift-telemetry.hook.scriptData" -}}
connect.mjs: |
  {{- .Files.Get "files/connect.mjs" | nindent 2 }}
disconnect.mjs: |
  {{- .Files.Get "files/disconnect.mjs" | nindent 2 }}
{{- end -}}

{{- define "spacelift-telemetry.hook.image" -}}
{{- $image := (.Values.hook).image | default dict -}}
{{- with (.Values.global).imageRegistry }}{{ . }}/{{ end }}{{ $image.repository }}{{ with $image.tag }}:{{ . }}{{ end }}{{ with $image.digest }}@{{ . }}{{ end }}
{{- end -}}

{{/* A Role, and an account bound to it. Takes `root`, `name`, `namespace`, `rules`, a list, and `account`, the hook's own by default. */}}
{{- define "spacelift-telemetry.hook.grant" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  {{- include "spacelift-telemetry.hook.grantMetadata" . | nindent 2 }}
rules:
  {{- toYaml .rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "spacelift-telemetry.hook.grantMetadata" . | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ .account | default (include "spacelift-telemetry.hook.account" .root) | quote }}
    namespace: {{ .root.Release.Namespace | quote }}
{{- end -}}

{{- define "spacelift-telemetry.hook.grantMetadata" -}}
name: {{ .name }}
namespace: {{ .namespace | quote }}
labels:
  {{- include "spacelift-telemetry.labels" .root | nindent 2 }}
  app.kubernetes.io/component: hook
{{- end -}}
