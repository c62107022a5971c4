{{/* The security context of every pod, for Pod Security "restricted". */}}
{{- define "repitbot.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ default 65532 .user }}
  runAsGroup: {{ default 65532 .user }}
  fsGroup: {{ default 65532 .user }}
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{- define "repitbot.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ not .Values.development }}
capabilities: { drop: [ALL] }
{{- end -}}

{{/*
A token for the API server, only for pods that watch their settings and for the operator. It ends with its pod.
*/}}
{{- define "repitbot.tokenVolume" -}}
- name: token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken: { path: token, expirationSeconds: 3607 }
      - configMap: { name: kube-root-ca.crt, items: [{ key: ca.crt, path: ca.crt }] }
      - downwardAPI: { items: [{ path: namespace, fieldRef: { fieldPath: metadata.namespace } }] }
{{- end -}}

{{/* Whether a row may call the API server. Takes { root, row }. */}}
{{- define "repitbot.talksToApi" -}}
{{- if or .row.operator (and .row.settings (eq .root.Values.settings.mode "watch")) -}}true{{- end -}}
{{- end -}}

{{- define "repitbot.caVolume" -}}
{{- with .Values.storesCa -}}
{{- if .configMap -}}
- name: ca
  configMap: { name: {{ .configMap }} }
{{- else if .secret -}}
- name: ca
  secret: { secretName: {{ .secret }} }
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The port of a row's metrics: services have one of their own, the operator has only one port. Takes the row. */}}
{{- define "repitbot.metricsPort" -}}
{{- ternary .port 9090 (default false .operator) -}}
{{- end -}}
