{{/*
The environment of a row as a map of name to entry, so that no name can occur twice. Takes { root, name, row }. The names are
declared in packages/kit/config.ts and in the services' own config.ts.
*/}}
{{- define "repitbot.env" -}}
{{- $root := .root -}}
{{- $row := .row -}}
{{- $platform := include "repitbot.platformSecret" $root -}}
LOG_LEVEL: { value: {{ $root.Values.logLevel | quote }} }
PORT: { value: {{ $row.port | quote }} }
{{- if $row.operator }}
{{ include "repitbot.env.operator" $root }}
{{- else }}
METRICS_PORT: { value: "9090" }
PUBLIC_URL: { value: {{ $root.Values.publicUrl | quote }} }
{{- end }}
{{- if $row.public }}
TRUSTED_PROXIES: { value: {{ join "," $root.Values.trustedProxies | quote }} }
{{- end }}
{{- if has "database" $row.stores }}
{{ include "repitbot.env.database" $root }}
POSTGRES_PASSWORD: { valueFrom: { secretKeyRef: { name: {{ include "repitbot.databaseSecret" $root }}, key: {{ .name }} } } }
{{- end }}
{{- if has "broker" $row.stores }}
{{ include "repitbot.env.broker" $root }}
{{- end }}
{{- if has "redis" $row.stores }}
{{- with include "repitbot.redis" $root | fromYaml }}
REDIS_HOST: { value: {{ .host | quote }} }
REDIS_PORT: { value: {{ .port | quote }} }
REDIS_TLS: { value: {{ ternary "on" "off" .tls | quote }} }
{{- if .secret }}
REDIS_PASSWORD: { valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }} } } }
{{- end }}
{{- end }}
{{- end }}
{{- range $key, $variable := dict "service" "SERVICE_SECRET" "signing" "JWT_SECRET_KEY" "bot" "BOT_SECRET" "letter" "LETTER_SECRET" "note" "NOTE_SECRET" }}
{{- if has $key $row.secrets }}
{{ $variable }}: { valueFrom: { secretKeyRef: { name: {{ $platform }}, key: {{ get $root.Values.secrets.keys $key }} } } }
{{- end }}
{{- end }}
{{- with $root.Values.telegram }}
{{- if and .url (has "signing" $row.secrets) }}
TELEGRAM_URL: { value: {{ .url | quote }} }
{{- end }}
{{- if and .webhookUrl $row.polls }}
WEBHOOK_URL: { value: {{ .webhookUrl | quote }} }
{{- end }}
{{- if and .existingSecret (has "telegram" $row.secrets) }}
BOT_TOKEN: { valueFrom: { secretKeyRef: { name: {{ .existingSecret }}, key: {{ .tokenKey }} } } }
{{- end }}
{{- end }}
{{- with $root.Values.mail }}
{{- if has "signing" $row.secrets }}
EMAIL_CONFIRMATION: { value: {{ ternary "on" "off" (not (empty .existingSecret)) | quote }} }
{{- end }}
{{- if and .existingSecret (has "mail" $row.secrets) }}
SMTP_URL: { valueFrom: { secretKeyRef: { name: {{ .existingSecret }}, key: {{ .urlKey }} } } }
MAIL_FROM: { value: {{ .from | quote }} }
{{- end }}
{{- end }}
{{- if has "signing" $row.secrets }}
# The service that signs tokens reads the keys from itself: by its Service it would wait until it is ready itself.
UPSTREAM_{{ upper .name }}: { value: "http://127.0.0.1:{{ $row.port }}" }
{{- end }}
{{- range $row.calls }}
{{ ternary "GATEWAY_URL" (printf "UPSTREAM_%s" (upper .)) (eq . "gateway") }}: { value: {{ include "repitbot.url" (dict "root" $root "name" .) | quote }} }
{{- end }}
{{- if $row.settings }}
SETTINGS_FILE: { value: /etc/repitbot/settings/settings.json }
{{- if eq $root.Values.settings.mode "watch" }}
SETTINGS_WATCH: { value: {{ include "repitbot.fullname" $root }}-settings }
{{- end }}
{{- end }}
{{- if or $root.Values.storesCa.configMap $root.Values.storesCa.secret }}
NODE_EXTRA_CA_CERTS: { value: /etc/repitbot/ca/{{ $root.Values.storesCa.key }} }
{{- end }}
{{- range $variable, $given := $row.env }}
{{ $variable }}: {{ kindIs "map" $given | ternary $given (dict "value" (toString $given)) | toJson }}
{{- end }}
{{- end -}}

{{- define "repitbot.env.database" -}}
{{- with include "repitbot.database" . | fromYaml -}}
POSTGRES_HOST: { value: {{ .host | quote }} }
POSTGRES_PORT: { value: {{ .port | quote }} }
POSTGRES_DB: { value: {{ .database | quote }} }
POSTGRES_TLS: { value: {{ ternary "on" "off" .tls | quote }} }
{{- end -}}
{{- end -}}

{{- define "repitbot.env.broker" -}}
{{- with include "repitbot.broker" . | fromYaml -}}
RABBITMQ_HOST: { value: {{ .host | quote }} }
RABBITMQ_PORT: { value: {{ .port | quote }} }
RABBITMQ_TLS: { value: {{ ternary "on" "off" .tls | quote }} }
RABBITMQ_DEFAULT_USER: { value: {{ .user | quote }} }
RABBITMQ_DEFAULT_PASS: { valueFrom: { secretKeyRef: { name: {{ .secret }}, key: {{ .key }} } } }
{{- end -}}
{{- end -}}

{{/* The address of all pods of a row: callers balance by themselves. Takes { root, name }. */}}
{{- define "repitbot.url" -}}
{{- $row := default (dict) (get .root.Values.services .name) -}}
http://{{ include "repitbot.fullname" .root }}-{{ .name }}-pods:{{ $row.port }}
{{- end -}}

{{/* Turns a map of environment variables into the list that a container needs. */}}
{{- define "repitbot.envList" -}}
{{- range $variable, $entry := . }}
- name: {{ $variable }}
  {{- toYaml $entry | nindent 2 }}
{{- end }}
{{- end -}}
