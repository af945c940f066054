
{{/*
The pods of a part of the release, as a label selector: `collector` in any of its modes, `jaeger`, `jobs` (whatever
else the jaeger chart runs), `hook`, `test`.
*/}}
{{- define "spacelift-telemetry.pods" -}}
{{- $root := .root -}}
{{- $names := dict
  "collector" (($root.Values.otelcol).nameOverride | default "otelcol")
  "jaeger" (($root.Values.jaeger).nameOverride | default "jaeger")
  "jobs" (($root.Values.jaeger).nameOverride | default "jaeger") -}}
matchLabels:
  app.kubernetes.io/name: {{ get $names .of | default $root.Chart.Name | trunc 63 | trimSuffix "-" | quote }}
  app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
  {{- if eq .of "jaeger" }}
  app.kubernetes.io/component: all-in-one
  {{- else if has .of (list "hook" "test") }}
  app.kubernetes.io/component: {{ .of }}
  {{- else if eq .of "jobs" }}
matchExpressions:
  - key: app.kubernetes.io/component
    operator: NotIn
    values:
      - all-in-one
  {{- end }}
{{- end -}}

{{/* Pods of this namespace as peers: takes `root`, and `of`, a list of parts. */}}
{{- define "spacelift-telemetry.peers" -}}
{{- range .of }}
- podSelector:
    {{- include "spacelift-telemetry.pods" (dict "root" $.root "of" .) | nindent 4 }}
{{- end }}
{{- end -}}

{{/*
Name resolution, anywhere: it may be a pod, or an address of the node. 5353 is where OpenShift's pods listen behind
their port 53, and a policy sees the pod's port.
*/}}
{{- define "spacelift-telemetry.dns" -}}
- ports:
    {{- range $port := list 53 5353 }}
    {{- range $protocol := list "UDP" "TCP" }}
    - port: {{ $port }}
      protocol: {{ $protocol }}
    {{- end }}
    {{- end }}
{{- end -}}

{{/* One rule of ingress from peers to a port; nothing without peers, since a rule without `from` lets everybody in. */}}
{{- define "spacelift-telemetry.ingressRule" -}}
{{- with .from }}
- from:
    {{- toYaml . | nindent 4 }}
  ports:
    - port: {{ $.port }}
      protocol: TCP
{{- end }}
{{- end -}}

{{/*
A NetworkPolicy, under a name that none of the subcharts' own can have. Takes `root`, `of` (the part of the release), `ingress` (rules as YAML, nothing lets nobody in), and
`egress` (the same; left out for pods that may connect to anywhere).
*/}}
{{- define "spacelift-telemetry.networkPolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ .root.Chart.Name }}-network-{{ .of }}
  namespace: {{ .root.Release.Namespace | quote }}
  labels:
    {{- include "spacelift-telemetry.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .of }}
spec:
  podSelector:
    {{- include "spacelift-telemetry.pods" . | nindent 4 }}
  policyTypes:
    - Ingress
    {{- if .egress }}
    - Egress
    {{- end }}
  {{- with .ingress | trim }}
  ingress:
    {{- . | nindent 4 }}
  {{- end }}
  {{- with .egress }}
  egress:
    {{- . | trim | nindent 4 }}
  {{- end }}
{{- end -}}
