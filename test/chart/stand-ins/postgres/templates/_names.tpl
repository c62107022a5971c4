{{- define "postgres.fullname" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end -}}
{{- define "postgres.custom-user-configname" -}}{{ include "postgres.fullname" . }}-custom-user-credentials{{- end -}}
{{- define "postgres.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
