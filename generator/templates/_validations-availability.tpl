
{{/* Memory and Badger belong to one process: a second Jaeger would have other traces, or could not open the files. */}}
{{- define "spacelift-telemetry.validate.jaegerReplicas" -}}
{{- $replicas := ((.Values.jaeger).jaeger).replicas | default 1 | int -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- if and (gt $replicas 1) (or (hasKey $backend "memory") (hasKey $backend "badger")) -}}
jaeger.jaeger.replicas is {{ $replicas }}, but Jaeger keeps traces in {{ ternary "Badger" "its memory" (hasKey $backend "badger") }}, which one pod alone can use. Choose a storage that several share, such as OpenSearch, or run one:

    jaeger:
      jaeger:
        replicas: 1
        strategy:
          type: Recreate
{{- end -}}
{{- end -}}

{{/* Kubernetes before 1.30 does not know the sleep, and refuses the pod with words that name no value of this chart. */}}
{{- define "spacelift-telemetry.validate.sleepHook" -}}
{{- $sleep := dig "preStop" "sleep" dict ((.Values.otelcol).lifecycleHooks | default dict) -}}
{{- if and $sleep (semverCompare "<1.30.0-0" .Capabilities.KubeVersion.Version) -}}
otelcol.lifecycleHooks.preStop.sleep needs Kubernetes 1.30, and this is {{ .Capabilities.KubeVersion.Version }}. Leave out the presets high-availability and collector-autoscaling, and write what you need of them:

    otelcol:
      replicaCount: 2
      podDisruptionBudget:
        enabled: true
        maxUnavailable: 1
{{- end -}}
{{- end -}}
