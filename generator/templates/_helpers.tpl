
{{/* Labels of every object that this chart itself makes. */}}
{{- define "spacelift-telemetry.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: {{ .Chart.Name }}
{{- end -}}

{{/* Where Spacelift sends to: OTLP over gRPC, and still with http:// in front, as its documentation demands. */}}
{{- define "spacelift-telemetry.endpoint" -}}
{{- with ((.Values.spacelift).connect).endpoint -}}
{{ . }}
{{- else -}}
http://{{ include "spacelift-telemetry.collectorName" . }}.{{ .Release.Namespace }}.svc.cluster.local:{{ include "spacelift-telemetry.otlpGrpcPort" . }}
{{- end -}}
{{- end -}}

{{/*
The backend that Jaeger's query reads, as YAML: `name`, and the one key of its type with its settings.
Read with defaults throughout, since --reuse-values brings values of an older chart.
*/}}
{{- define "spacelift-telemetry.traceBackend" -}}
{{- $extensions := ((.Values.jaeger).userconfig).extensions | default dict -}}
{{- $name := dig "jaeger_query" "storage" "traces" "" $extensions -}}
{{- merge (dict "name" $name) (dig "jaeger_storage" "backends" $name dict $extensions) | toYaml -}}
{{- end -}}

{{/* Where Jaeger's query is inside the cluster, with the path that it is served under. */}}
{{- define "spacelift-telemetry.queryPath" -}}
{{- (((.Values.jaeger).userconfig).extensions | default dict) | dig "jaeger_query" "base_path" "" | trimSuffix "/" -}}
{{- end -}}

{{/* Not empty when the query asks for a login. */}}
{{- define "spacelift-telemetry.queryLogin" -}}
{{- (((.Values.jaeger).userconfig).extensions | default dict) | dig "jaeger_query" "http" "auth" "authenticator" "" -}}
{{- end -}}

{{/* Claims that Jaeger's pod mounts, as a YAML list of names. */}}
{{- define "spacelift-telemetry.jaegerClaims" -}}
{{- $claims := list -}}
{{- range ((.Values.jaeger).jaeger).extraVolumes -}}
{{- with (.persistentVolumeClaim).claimName -}}{{- $claims = append $claims . -}}{{- end -}}
{{- end -}}
{{- toYaml $claims -}}
{{- end -}}

{{/* Not empty when this chart makes Badger's claim: Jaeger mounts it, and it is not somebody else's. */}}
{{- define "spacelift-telemetry.makesBadgerClaim" -}}
{{- $ours := include "spacelift-telemetry.badgerClaimName" . -}}
{{- $existing := ((.Values.storage).badger).existingClaim -}}
{{- if and (has $ours (include "spacelift-telemetry.jaegerClaims" . | fromYamlArray)) (ne $ours ($existing | default "")) -}}
true
{{- end -}}
{{- end -}}

{{/* Labels that every pod of the collector has, be it of a Deployment or of a StatefulSet. */}}
{{- define "spacelift-telemetry.collectorLabels" -}}
app.kubernetes.io/name: {{ (.Values.otelcol).nameOverride | default "otelcol" | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{/*
Not empty when a volume of the pod is mounted at the path or above it. Takes `path`, `mounts` (the container's list) and
`volumes` (names).
*/}}
{{- define "spacelift-telemetry.isMounted" -}}
{{- $path := printf "%s/" (trimSuffix "/" .path) -}}
{{- $volumes := .volumes -}}
{{- range .mounts -}}
{{- if and .mountPath (hasPrefix (printf "%s/" (trimSuffix "/" .mountPath)) $path) (has .name $volumes) -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{/* Not empty when a name that somebody writes without quotes is text to YAML, as the Helm that renders it reads that. */}}
{{- define "spacelift-telemetry.isText" -}}
{{- if kindIs "string" (printf "name: %s" . | fromYaml).name -}}true{{- end -}}
{{- end -}}
