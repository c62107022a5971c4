{{- define "valkey.fullname" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end -}}
{{- define "valkey.secretName" -}}{{ tpl .Values.auth.existingSecret . }}{{- end -}}
{{- define "valkey.passwordKey" -}}{{ .Values.auth.existingSecretPasswordKey }}{{- end -}}
{{- define "valkey.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
