
{{/* What connects Spacelift. Read with defaults throughout, since --reuse-values brings values of an older chart. */}}

{{/* A hook without a Secret or a Deployment would say that all is well, and connect nothing. */}}
{{- define "spacelift-telemetry.validate.spaceliftTargets" -}}
{{- $spacelift := .Values.spacelift | default dict -}}
{{- if and (ne (include "spacelift-telemetry.hook.mode" .) "manual") (or (empty $spacelift.secrets) (empty $spacelift.deployments)) -}}
spacelift.secrets and spacelift.deployments must each name at least one object, or nothing is connected. Write:

    spacelift:
      secrets:
        - spacelift-shared
      deployments:
        - spacelift-drain
        - spacelift-server

or leave Spacelift alone:

    spacelift:
      connect:
        mode: manual
{{- end -}}
{{- end -}}

{{/* Spacelift takes OTLP over gRPC at an address that begins with http://, and nothing else that this chart could set up. */}}
{{- define "spacelift-telemetry.validate.spaceliftEndpoint" -}}
{{- $given := ((.Values.spacelift).connect).endpoint | default "" -}}
{{- $port := include "spacelift-telemetry.otlpGrpcPort" . -}}
{{- $host := regexReplaceAll "^[a-z+]*:?//" $given "" | splitList "/" | first | regexFind "^(\\[[0-9A-Fa-f:]+\\]|[^:]+)" | default "HOST" -}}
{{- $problem := "" -}}
{{- if and $given (not (regexMatch "^http://(\\[[0-9A-Fa-f:]+\\]|[A-Za-z0-9._-]+):[0-9]+$" $given)) -}}
{{- if hasPrefix "https://" $given -}}
{{- $problem = "asks for TLS: for that Spacelift's pods would need the authority's certificate as a file, which no Secret gives them" -}}
{{- else if not (hasPrefix "http://" $given) -}}
{{- $problem = "lacks the http:// that Spacelift asks for, also for gRPC" -}}
{{- else -}}
{{- $problem = "is not http://, a host and a port" -}}
{{- end -}}
{{- else if hasSuffix ":4318" $given -}}
{{- $problem = "has the port of OTLP over HTTP, and Spacelift speaks gRPC" -}}
{{- end -}}
{{- with $problem -}}
spacelift.connect.endpoint is {{ $given | quote }}, which {{ . }}. Leave it out for this release's collector, or write:

    spacelift:
      connect:
        endpoint: http://{{ $host }}:{{ $port }}
{{- end -}}
{{- end -}}

{{/* What the wait before the first restart takes is missing for the restarts themselves. */}}
{{- define "spacelift-telemetry.validate.restartWindow" -}}
{{- $connect := (.Values.spacelift).connect | default dict -}}
{{- $delay := $connect.restartDelaySeconds | default 0 | int -}}
{{- $timeout := $connect.timeoutSeconds | default 240 | int -}}
{{- if and (gt $delay 0) (gt (add $delay 60) $timeout) -}}
spacelift.connect.restartDelaySeconds is {{ $delay }}, which leaves less than 60 seconds of the {{ $timeout }} for the restarts. Give Helm more time, --timeout {{ add $delay 180 }}s, and write:

    spacelift:
      connect:
        timeoutSeconds: {{ add $delay 120 }}
{{- end -}}
{{- end -}}
