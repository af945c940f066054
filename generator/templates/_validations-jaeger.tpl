
{{/* This chart's Jaeger has two things that 2.20 does not start with, and an image may be given by its tag. */}}
{{- define "spacelift-telemetry.validate.jaegerVersion" -}}
{{- $tag := (((.Values.jaeger).jaeger).image).tag | default "" | toString -}}
{{- $minor := regexFind "^v?2[.][0-9]+" $tag | splitList "." | last | int -}}
{{- if ge $minor 20 -}}
{{- $gone := list -}}
{{- range $id := ((.Values.jaeger).userconfig).extensions | default dict | keys | sortAlpha -}}
{{- if eq ($id | splitList "/" | first) "jaeger_mcp" -}}{{- $gone = append $gone (printf "the extension %s" $id) -}}{{- end -}}
{{- end -}}
{{- if (include "spacelift-telemetry.searchBackend" . | fromYaml).use_aliases -}}
{{- $gone = append $gone "use_aliases of its storage" -}}
{{- end -}}
{{- range $gone }}
jaeger.jaeger.image.tag is {{ $tag }}, and Jaeger 2.20 does not start with {{ . }}. Leave that out, or the tag: this chart has one of its own.
{{ end -}}
{{- end -}}
{{- end -}}
