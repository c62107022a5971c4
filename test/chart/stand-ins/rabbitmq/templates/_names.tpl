{{- define "rabbitmq.fullname" -}}{{ .Release.Name }}-{{ .Chart.Name }}{{- end -}}
{{- define "rabbitmq.secretName" -}}{{ tpl .Values.auth.existingSecret . }}{{- end -}}
{{- define "rabbitmq.secretPasswordKey" -}}{{ .Values.auth.existingPasswordKey }}{{- end -}}
{{- define "rabbitmq.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
