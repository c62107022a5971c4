{{- define "repitbot.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* 40 characters at most, so that a row's name can be added to it. */}}
{{- define "repitbot.fullname" -}}
{{- $name := include "repitbot.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* The labels of a selector, which cannot be changed later. Takes { root, component }. */}}
{{- define "repitbot.selector" -}}
app.kubernetes.io/name: {{ include "repitbot.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "repitbot.labels" -}}
{{ include "repitbot.selector" . }}
app.kubernetes.io/part-of: repitbot
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* The name, namespace and labels of an object of a component. Takes { root, component }, and `name` where it is not that of the component. */}}
{{- define "repitbot.metadata" -}}
name: {{ default (printf "%s-%s" (include "repitbot.fullname" .root) .component) .name }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "repitbot.labels" . | nindent 2 }}
{{- end -}}

{{/* The image of a row, or else the release's. Takes { root, image }. */}}
{{- define "repitbot.image" -}}
{{- $image := merge (dict) (default (dict) .image) .root.Values.image -}}
{{- $at := ternary (printf "%s/%s" $image.registry $image.repository) $image.repository (not (empty $image.registry)) -}}
{{- if $image.digest -}}{{ $at }}@{{ $image.digest }}{{- else -}}{{ $at }}:{{ default .root.Chart.AppVersion $image.tag }}{{- end -}}
{{- end -}}

{{/* The rows as YAML, each merged over the defaults. A row set to null is left out, and the operator's where it is disabled. A row that polls Telegram has one pod. */}}
{{- define "repitbot.rows" -}}
{{- range $name, $row := .Values.services }}
{{- if and $row (or $.Values.operator.enabled (not $row.operator)) }}
{{- $alone := ternary (dict "strategy" "Recreate" "replicas" 1 "autoscaling" (dict "enabled" false)) (dict) (and (default false $row.polls) (empty $.Values.telegram.webhookUrl)) }}
{{- $calls := dict }}
{{- if $row.public }}
{{- range $other, $its := $.Values.services }}
{{- if and $its (not $its.public) (not $its.operator) }}{{- $_ := set $calls "calls" (append (default (list) $calls.calls) $other) }}{{- end }}
{{- end }}
{{- end }}
{{ $name }}: {{- mergeOverwrite (deepCopy $.Values.defaults) $row $alone $calls | toYaml | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What scales the row: "hpa", "keda" or nothing. Takes { root, row }. */}}
{{- define "repitbot.scaler" -}}
{{- if and .row.autoscaling.enabled (ne .row.strategy "Recreate") -}}{{ ternary "keda" "hpa" .root.Values.keda.enabled }}{{- end -}}
{{- end -}}

{{/* The most pods that a row can have. Takes { root, row }. */}}
{{- define "repitbot.podsMax" -}}
{{- ternary .row.autoscaling.maxReplicas .row.replicas (ne (include "repitbot.scaler" .) "") | int -}}
{{- end -}}
{{- define "repitbot.podsMin" -}}
{{- ternary .row.autoscaling.minReplicas .row.replicas (ne (include "repitbot.scaler" .) "") | int -}}
{{- end -}}
