{{/*
The address and credentials of a store as YAML: host, port, user, database, secret, key, tls. The names of a store of the release
come from its own chart, since values may change them. Nil-safe, because a disabled chart is not among the subcharts.
*/}}
{{- define "repitbot.database" -}}
{{- if .Values.postgresql.enabled -}}
{{- with .Subcharts.postgresql -}}
host: {{ include "postgres.fullname" . }}
port: {{ .Values.service.port }}
{{ $own := .Values.customUser -}}
{{- $secret := default (include "postgres.custom-user-configname" .) (tpl (default "" $own.existingSecret) .) -}}
database: {{ default "repitbot" $own.database }}
user: {{ default "repitbot" $own.name }}
secret: {{ $secret }}
key: {{ $own.secretKeys.password }}
tls: false
{{- end -}}
{{- else -}}
{{- with .Values.externalDatabase -}}
host: {{ required "externalDatabase.host: Expected the host of your Postgres, such as db.example.org, since postgresql.enabled is false" .host | quote }}
port: {{ .port }}
database: {{ .database | quote }}
user: {{ .owner | quote }}
secret: {{ required "externalDatabase.existingSecret: Expected the name of a secret with the owner's password, since postgresql.enabled is false" .existingSecret }}
key: {{ .passwordKey }}
tls: {{ .tls }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "repitbot.broker" -}}
{{- if .Values.rabbitmq.enabled -}}
{{- with .Subcharts.rabbitmq -}}
host: {{ include "rabbitmq.fullname" . }}
port: {{ .Values.service.amqpPort }}
user: {{ .Values.auth.username | quote }}
secret: {{ include "rabbitmq.secretName" . }}
key: {{ include "rabbitmq.secretPasswordKey" . }}
tls: false
{{- end -}}
{{- else -}}
{{- with .Values.externalRabbitmq -}}
host: {{ required "externalRabbitmq.host: Expected the host of your RabbitMQ, such as mq.example.org, since rabbitmq.enabled is false" .host | quote }}
port: {{ .port }}
user: {{ .user | quote }}
secret: {{ required "externalRabbitmq.existingSecret: Expected the name of a secret with the user's password, since rabbitmq.enabled is false" .existingSecret }}
key: {{ .passwordKey }}
tls: {{ .tls }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "repitbot.redis" -}}
{{- if .Values.valkey.enabled -}}
{{- with .Subcharts.valkey -}}
host: {{ include "valkey.fullname" . }}
port: {{ .Values.service.port }}
secret: {{ include "valkey.secretName" . }}
key: {{ include "valkey.passwordKey" . }}
tls: false
{{- end -}}
{{- else -}}
{{- with .Values.externalRedis -}}
host: {{ required "externalRedis.host: Expected the host of your Redis or Valkey, such as redis.example.org, since valkey.enabled is false" .host | quote }}
port: {{ .port }}
secret: {{ .existingSecret | quote }}
key: {{ .passwordKey }}
tls: {{ .tls }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "repitbot.platformSecret" -}}
{{- default (printf "%s-platform" (include "repitbot.fullname" .)) .Values.secrets.existingSecret -}}
{{- end -}}

{{- define "repitbot.databaseSecret" -}}
{{- default (printf "%s-database" (include "repitbot.fullname" .)) .Values.database.existingSecret -}}
{{- end -}}

{{/* The stores' pods, for policies. Takes { root, store }; empty for a store outside the release. */}}
{{- define "repitbot.storeSelector" -}}
{{- $alias := get (dict "database" "postgresql" "broker" "rabbitmq" "redis" "valkey") .store -}}
{{- if (get .root.Values $alias).enabled -}}
{{- with get .root.Subcharts $alias -}}
{{- include (printf "%s.selectorLabels" (ternary "postgres" $alias (eq $alias "postgresql"))) . -}}
{{- end -}}
{{- end -}}
{{- end -}}
