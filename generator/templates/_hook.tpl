
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

{{/* The settings that connect and disconnect read. In manual mode there is no target, so nothing is ever moved. */}}
{{- define "spacelift-telemetry.hook.settings" -}}
{{- $spacelift := .Values.spacelift | default dict -}}
{{- $connect := $spacelift.connect | default dict -}}
{{- $manual := eq (include "spacelift-telemetry.hook.mode" .) "manual" -}}
{{- dict
  "release" (dict "name" .Release.Name "namespace" .Release.Namespace)
  "endpoint" (include "spacelift-telemetry.endpoint" .)
  "spacelift" (dict
    "namespace" $spacelift.namespace
    "secrets" (ternary list $spacelift.secrets $manual)
    "deployments" (ternary list $spacelift.deployments $manual))
  "connect" (dict
    "timeoutSeconds" ($connect.timeoutSeconds | int64)
    "takeOver" $connect.takeOver
    "existingVendor" $connect.existingVendor
    "onDisconnectFailure" $connect.onDisconnectFailure)
  "role" (include "spacelift-telemetry.hook.roleName" .)
  | toPrettyJson -}}
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
{{- $image.repository }}{{ with $image.tag }}:{{ . }}{{ end }}{{ with $image.digest }}@{{ . }}{{ end }}
{{- end -}}

{{/*
A pod that runs one script. Takes `root`, `script` (a path below /opt/hook), `scripts` (the ConfigMap it is in), `env`
(a map), and `settings`: whether it reads the settings and talks to the API server, `optional` where they may be missing.
Node may read the script, the settings, the token and the authority, and nothing else.
*/}}
{{- define "spacelift-telemetry.hook.pod" -}}
{{- $root := .root -}}
{{- $hook := $root.Values.hook | default dict -}}
{{- $cluster := ne (.settings | default "none") "none" -}}
{{- $token := "/var/run/secrets/kubernetes.io/serviceaccount" -}}
metadata:
  labels:
    {{- include "spacelift-telemetry.labels" $root | nindent 4 }}
    app.kubernetes.io/component: hook
    {{- with $hook.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $hook.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  restartPolicy: Never
  {{- if $cluster }}
  serviceAccountName: {{ include "spacelift-telemetry.hook.account" $root }}
  {{- else }}
  serviceAccountName: {{ $root.Chart.Name }}-test
  {{- end }}
  automountServiceAccountToken: {{ $cluster }}
  {{- with $hook.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: hook
      image: {{ include "spacelift-telemetry.hook.image" $root }}
      imagePullPolicy: {{ ($hook.image).pullPolicy | default "IfNotPresent" }}
      args:
        - --permission
        - --allow-fs-read=/opt/hook
        {{- if $cluster }}
        - --allow-fs-read=/etc/spacelift-telemetry
        - --allow-fs-read={{ $token }}
        {{- end }}
        - --disallow-code-generation-from-strings
        - /opt/hook/{{ .script }}
      env:
        {{- if $cluster }}
        - name: NODE_EXTRA_CA_CERTS
          value: {{ $token }}/ca.crt
        {{- end }}
        {{- range $name, $value := .env }}
        - name: {{ $name }}
          value: {{ $value | quote }}
        {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      {{- with $hook.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        - name: scripts
          mountPath: /opt/hook
          readOnly: true
        {{- if $cluster }}
        - name: settings
          mountPath: /etc/spacelift-telemetry
          readOnly: true
        {{- end }}
  volumes:
    - name: scripts
      configMap:
        name: {{ .scripts }}
    {{- if $cluster }}
    - name: settings
      configMap:
        name: {{ $root.Chart.Name }}-settings
        optional: {{ eq .settings "optional" }}
    {{- end }}
  {{- with $hook.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $hook.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/*
A Job that is a hook. Takes what the pod takes, and `name`, `events`. What the script refuses (exit code 1) is final;
a pod that was evicted or killed is tried again. No time to live and no deadline: the one makes Argo CD lose
sight of the Job, the other deletes the pod with its log. The script has a deadline of its own.
*/}}
{{- define "spacelift-telemetry.hook.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .root.Chart.Name }}-{{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "spacelift-telemetry.labels" .root | nindent 4 }}
    app.kubernetes.io/component: hook
  annotations:
    helm.sh/hook: {{ .events }}
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
    helm.sh/hook-output-log-policy: hook-failed
spec:
  backoffLimit: 3
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          operator: In
          values:
            - 1
  template:
    {{- include "spacelift-telemetry.hook.pod" . | nindent 4 }}
{{- end -}}
