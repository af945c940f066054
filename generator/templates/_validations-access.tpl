
{{/* Jaeger does not start with an authenticator that it does not start either: a list of another file replaced it. */}}
{{- define "spacelift-telemetry.validate.queryAuthenticator" -}}
{{- $userconfig := (.Values.jaeger).userconfig | default dict -}}
{{- $extensions := ($userconfig.service).extensions | default list -}}
{{- $login := include "spacelift-telemetry.queryLogin" . -}}
{{- if and $login (not (has $login $extensions)) -}}
Jaeger's query asks for a login by {{ $login | quote }}, which jaeger.userconfig.service.extensions does not start: a list in a later values file replaces the whole list. Write:

    jaeger:
      userconfig:
        service:
          extensions:
            {{- range append $extensions $login }}
            - {{ . }}
            {{- end }}
{{- end -}}
{{- end -}}

{{/* Kubernetes refuses an Ingress without a rule, and the chart makes one for each host. */}}
{{- define "spacelift-telemetry.validate.ingressHosts" -}}
{{- $ingress := (((.Values.jaeger).jaeger).ingress) | default dict -}}
{{- if and $ingress.enabled (empty $ingress.hosts) -}}
jaeger.jaeger.ingress is on, but no name leads to it. Write:

    jaeger:
      jaeger:
        ingress:
          hosts:
            - jaeger.example.com
{{- end -}}
{{- end -}}
