
{{/*
Rules that no schema can hold, since they are about names, the cluster, or two values at once.
Each `validate.*` renders nothing, or what is wrong and what to write; all are collected, then the render fails once.
*/}}
{{- define "spacelift-telemetry.validations" -}}
{{- $problems := list -}}
{{- range list
  "releaseName" "releaseNamespace" "constantNames" "oneReleaseInNamespace"
  "badgerVolume" "badgerClaim" "storageServers" "storageLogin" "clickhouseGate" "storagePointers"
  "indexJobs" "indexJobsServer" "indexJobsPrefix" "rolloverAliases"
  "queueVolume" "queueExtension" "queueUse" "jaegerVersion" "jaegerReplicas" "sleepHook"
  "queryAuthenticator" "ingressHosts"
  "spaceliftTargets" "spaceliftEndpoint" "restartWindow"
  "spanMetricsBackend" "collectorDistribution" "pipelineComponents" "pipelineEnds" "connectorEnds" "kafkaPauses" "definedExtensions"
  "jaegerPorts" "collectorPorts" "collectorService" -}}
{{- with include (printf "spacelift-telemetry.validate.%s" .) $ | trim -}}
{{- $problems = append $problems . -}}
{{- end -}}
{{- end -}}
{{- if $problems -}}
{{- fail (printf "\n\n%s\n" (join "\n\n" $problems)) -}}
{{- end -}}
{{- end -}}

{{/* Both subcharts write these names without quotes, so YAML decides what they are: `1e3` and `on` are no text to it. */}}
{{- define "spacelift-telemetry.validate.releaseName" -}}
{{- if contains "." .Release.Name -}}
The release name {{ .Release.Name | quote }} has a dot, and Kubernetes refuses names that are made of it. Use one without:

    helm install {{ .Release.Name | replace "." "-" }} CHART --namespace {{ .Release.Namespace }}
{{- else if not (include "spacelift-telemetry.isText" .Release.Name) -}}
The release name {{ .Release.Name | quote }} is no text in YAML, and the charts of Jaeger and the collector write it without quotes. Use another one:

    helm install telemetry-{{ .Release.Name }} CHART --namespace {{ .Release.Namespace }}
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.validate.releaseNamespace" -}}
{{- if not (include "spacelift-telemetry.isText" .Release.Namespace) -}}
The namespace {{ .Release.Namespace | quote }} is no text in YAML, and the chart of the collector writes it without quotes. Use another one:

    helm install {{ .Release.Name }} CHART --namespace monitoring-{{ .Release.Namespace }} --create-namespace
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.validate.constantNames" -}}
{{- $names := dict
  "jaeger" (include "spacelift-telemetry.jaegerName" .)
  "otelcol" (include "spacelift-telemetry.collectorName" .) -}}
{{- range $chart, $name := $names -}}
{{- $given := (index $.Values $chart | default dict).fullnameOverride -}}
{{- if ne ($given | default "") $name }}
{{ $chart }}.fullnameOverride is {{ $given | default "" | quote }}, but every endpoint of this chart is made of the constant name. Leave the key out, or write:

    {{ $chart }}:
      fullnameOverride: {{ $name }}
{{ end -}}
{{- end -}}
{{- end -}}

{{/* The jaeger chart calls a ConfigMap `user-config` in every release. Without a cluster, `lookup` finds nothing. */}}
{{- define "spacelift-telemetry.validate.oneReleaseInNamespace" -}}
{{- $taken := lookup "v1" "ConfigMap" .Release.Namespace "user-config" -}}
{{- if $taken -}}
{{- $owner := index ($taken.metadata.annotations | default dict) "meta.helm.sh/release-name" | default "" -}}
{{- if ne $owner .Release.Name -}}
The ConfigMap "user-config" in namespace {{ .Release.Namespace | quote }} belongs to {{ if $owner }}the release {{ $owner | quote }}{{ else }}no Helm release{{ end }}. The jaeger chart gives that name to every release, so a namespace has room for one. Install into a namespace of its own:

    helm install {{ .Release.Name }} CHART --namespace {{ .Release.Namespace }}-2 --create-namespace
{{- if $owner }}

or change the release that is there:

    helm upgrade {{ $owner }} CHART --namespace {{ .Release.Namespace }}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Badger writes to its folders, and Jaeger's root file system is read-only: without a mount it cannot start. */}}
{{- define "spacelift-telemetry.validate.badgerVolume" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- $badger := $backend.badger -}}
{{- if and $badger (eq (toString $badger.ephemeral) "false") -}}
{{- $deployment := (.Values.jaeger).jaeger | default dict -}}
{{- $volumes := list -}}
{{- range $deployment.extraVolumes -}}{{- $volumes = append $volumes .name -}}{{- end -}}
{{- $homeless := list -}}
{{- range $folder, $path := $badger.directories | default dict -}}
{{- $mount := dict "path" $path "mounts" $deployment.extraVolumeMounts "volumes" $volumes -}}
{{- if not (include "spacelift-telemetry.isMounted" $mount) -}}{{- $homeless = append $homeless $path -}}{{- end -}}
{{- end -}}
{{- if $homeless -}}
{{- $mountPath := include "spacelift-telemetry.badgerMountPath" . -}}
Badger writes to {{ join " and " $homeless }}, where no volume is mounted: a list in a later values file replaces the whole list. Put these entries into yours:

    jaeger:
      jaeger:
        extraVolumes:
          - name: badger
            persistentVolumeClaim:
              claimName: {{ ((.Values.storage).badger).existingClaim | default (include "spacelift-telemetry.badgerClaimName" .) }}
        extraVolumeMounts:
          - name: badger
            mountPath: {{ $mountPath }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* `storage.badger.existingClaim` is read here only: the subchart must name the same claim. */}}
{{- define "spacelift-telemetry.validate.badgerClaim" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- $existing := ((.Values.storage).badger).existingClaim -}}
{{- $claims := include "spacelift-telemetry.jaegerClaims" . | fromYamlArray -}}
{{- if and $existing $backend.badger $claims (not (has $existing $claims)) -}}
storage.badger.existingClaim is {{ $existing | quote }}, but Jaeger mounts {{ join " and " $claims | quote }}: a subchart cannot read a value of its parent. Write both:

    storage:
      badger:
        existingClaim: {{ $existing }}
    jaeger:
      jaeger:
        extraVolumes:
          - name: badger
            persistentVolumeClaim:
              claimName: {{ $existing }}
{{- end -}}
{{- end -}}
