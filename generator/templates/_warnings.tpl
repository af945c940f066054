
{{/* What is allowed, and yet not what most people mean. Printed last in the notes. */}}
{{- define "spacelift-telemetry.warnings" -}}
{{- range list "keptClaim" "keptQueue" "unusedClaimSettings" "configHash" "closedUi" -}}
{{- with include (printf "spacelift-telemetry.warn.%s" .) $ | trim }}

WARNING: {{ . }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.warn.keptClaim" -}}
{{- $claim := include "spacelift-telemetry.badgerClaimName" . -}}
{{- if not (has $claim (include "spacelift-telemetry.jaegerClaims" . | fromYamlArray)) -}}
{{- if lookup "v1" "PersistentVolumeClaim" .Release.Namespace $claim -}}
the claim {{ $claim }} with the traces of an earlier Badger is kept, and nothing uses it. Delete it when you no longer want them:

  kubectl delete persistentvolumeclaim {{ $claim }} --namespace {{ .Release.Namespace }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The first replica's claim stands for all: a StatefulSet always has that one. */}}
{{- define "spacelift-telemetry.warn.keptQueue" -}}
{{- $claim := printf "%s-%s-0" (include "spacelift-telemetry.queueVolume" .) (include "spacelift-telemetry.collectorName" .) -}}
{{- if and (not (include "spacelift-telemetry.queueStorage" .)) (lookup "v1" "PersistentVolumeClaim" .Release.Namespace $claim) -}}
the claim {{ $claim }} of an earlier queue on disk is kept, and nothing uses it. Spans that were still in it wait there; this preset sends them:

  --values presets/disk-buffer.yaml

Delete it when you do not want them:

  kubectl delete persistentvolumeclaim {{ $claim }} --namespace {{ .Release.Namespace }}
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.warn.unusedClaimSettings" -}}
{{- $backend := include "spacelift-telemetry.traceBackend" . | fromYaml -}}
{{- $claim := (.Values.storage).badger | default dict -}}
{{- $size := include "spacelift-telemetry.badgerClaimSize" . -}}
{{- if and (not $backend.badger) (or $claim.existingClaim $claim.storageClass (ne ($claim.size | default $size) $size)) -}}
storage.badger is set, but traces are not kept in Badger. Add the preset:

  --values presets/badger.yaml
{{- end -}}
{{- end -}}

{{- define "spacelift-telemetry.warn.configHash" -}}
{{- if not (contains "config_sha" (join " " ((.Values.jaeger).jaeger).args)) -}}
jaeger.jaeger.args lacks the hash of the configuration, so a changed configuration does not restart Jaeger. Keep this entry in your list:

  - '--set=service.telemetry.resource.config_sha=sha-{{ "{{" }} toYaml .Values.userconfig | sha256sum | trunc 12 {{ "}}" }}'
{{- end -}}
{{- end -}}

{{/* A way in from outside ends at a policy that lets nobody in. */}}
{{- define "spacelift-telemetry.warn.closedUi" -}}
{{- $policy := .Values.networkPolicy | default dict -}}
{{- $jaeger := (.Values.jaeger).jaeger | default dict -}}
{{- $open := or ($jaeger.ingress).enabled ($jaeger.httproute).enabled ((.Values.ui).loadBalancer).enabled (has (($jaeger.service).type | default "ClusterIP") (list "LoadBalancer" "NodePort")) -}}
{{- if and $policy.enabled $open (empty ($policy.jaeger).from) -}}
the UI has a way in from outside, and the NetworkPolicy of Jaeger lets nobody in. Name the namespace that requests come from, or for a LoadBalancer an ipBlock:

  networkPolicy:
    jaeger:
      from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress-nginx
{{- end -}}
{{- end -}}
