{{/* Checks that values.schema.json cannot express; each message names the value, the bound and what to do. */}}
{{- define "repitbot.checks" -}}
{{- range $alias, $external := dict "postgresql" "externalDatabase" "rabbitmq" "externalRabbitmq" "valkey" "externalRedis" }}
{{- if and (get $.Values $alias).enabled (not (hasKey $.Subcharts $alias)) }}
{{- fail (printf "%s.enabled: Expected the %s chart beside this one. Run `helm dependency build`, or set %s.enabled=false and %s.host" $alias $alias $alias $external) }}
{{- end }}
{{- end }}
{{- range $name, $row := include "repitbot.rows" . | fromYaml }}
{{- if and $row.autoscaling.enabled (gt (int $row.autoscaling.minReplicas) (int $row.autoscaling.maxReplicas)) }}
{{- fail (printf "services.%s.autoscaling: Expected minReplicas (%v) not above maxReplicas (%v)" $name $row.autoscaling.minReplicas $row.autoscaling.maxReplicas) }}
{{- end }}
{{- end }}
{{- range $name, $row := .Values.services }}
{{- range default (list) (default (dict) $row).calls }}
{{- if not (get $.Values.services .) }}
{{- fail (printf "services.%s.calls: Expected rows that there are; there is no such row as %s" $name .) }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.telegram.existingSecret (not .Values.telegram.url) }}
{{- fail "telegram.url: Expected the address of your bot, such as https://t.me/your_bot, since telegram.existingSecret is set" }}
{{- end }}
{{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (not .Values.trustedProxies) }}
{{- fail "trustedProxies: Expected the networks of your Ingress controller or Gateway, such as [10.0.0.0/8], since ingress.enabled or httpRoute.enabled is true; without them all people would share one address and its limits" }}
{{- end }}
{{- if and .Values.storesCa.configMap .Values.storesCa.secret }}
{{- fail "storesCa: Expected a configMap or a secret, not both" }}
{{- end }}
{{- with .Values.backup.s3 }}
{{- if .enabled }}
{{- $_ := required "backup.s3.endpoint: Expected the address of an S3 store, such as https://s3.eu-central-1.amazonaws.com, since backup.s3.enabled is true" .endpoint }}
{{- $_ = required "backup.s3.bucket: Expected the name of a bucket that is there, since backup.s3.enabled is true" .bucket }}
{{- $_ = required "backup.s3.existingSecret: Expected the name of a secret with an access key and its secret, since backup.s3.enabled is true" .existingSecret }}
{{- end }}
{{- end }}
{{- if .Values.postgresql.enabled }}
{{- $given := dig "config" "postgresql" "max_connections" 100 .Values.postgresql | int }}
{{- $needed := include "repitbot.connectionsMax" . | int }}
{{- if lt $given $needed }}
{{- fail (printf "postgresql.config.postgresql.max_connections=%d: Expected at least %d, since so many connections can be opened by the replicas asked for (8 a pod, one pod more a service while it is rolled over)" $given $needed) }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The most connections that can be open at once: 8 for each pod at the largest numbers of pods, with one more in each rollout, and 20 for migrations, backup, the server itself and people. */}}
{{- define "repitbot.connectionsMax" -}}
{{- $sum := 20 }}
{{- range $name, $row := include "repitbot.rows" . | fromYaml }}
{{- if has "database" $row.stores }}
{{- $surge := ternary 1 0 (eq $row.strategy "RollingUpdate") }}
{{- $sum = add $sum (mul 8 (add $surge (include "repitbot.podsMax" (dict "root" $ "row" $row) | int))) }}
{{- end }}
{{- end }}
{{- $sum -}}
{{- end -}}
