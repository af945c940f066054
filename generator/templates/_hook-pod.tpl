
{{/*
A pod that runs one script. Takes `root`, `script` (a path below /opt/hook), `scripts` (the ConfigMap it is in), `env`
(a map), `account` (the hook's own by default), `secretEnv` (a map to keys of the Secret for Jaeger, which may miss), and `settings`: whether it reads the settings and talks to the API server, `optional` where they may be missing.
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
    app.kubernetes.io/component: {{ ternary "hook" "test" $cluster }}
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
  serviceAccountName: {{ .account | default (include "spacelift-telemetry.hook.account" $root) | quote }}
  {{- else }}
  serviceAccountName: {{ $root.Chart.Name }}-test
  {{- end }}
  automountServiceAccountToken: {{ $cluster }}
  {{- with concat ($hook.imagePullSecrets | default list) (($root.Values.global).imagePullSecrets | default list) | uniq }}
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
        {{- range $name, $key := .secretEnv }}
        - name: {{ $name }}
          valueFrom:
            secretKeyRef:
              name: {{ include "spacelift-telemetry.jaegerSecretName" $root }}
              key: {{ $key }}
              optional: true
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
  namespace: {{ .root.Release.Namespace | quote }}
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
