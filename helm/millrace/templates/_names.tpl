{{/* The start of every name. Its length leaves room for the component, a rack and what Kubernetes appends. */}}
{{- define "millrace.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 32 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 32 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 32 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* What never changes about a component's pods. Takes root and component. */}}
{{- define "millrace.selector" -}}
{{ include "millrace.selector.release" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* What all pods of the release have in common. */}}
{{- define "millrace.selector.release" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Labels of everything that the chart makes. Takes root and component. */}}
{{- define "millrace.labels" -}}
{{ include "millrace.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: millrace
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "millrace.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "millrace.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name is needed when serviceAccount.create is false" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{/* An image of Millrace's own. Takes root, component and image (which may name a digest). */}}
{{- define "millrace.image" -}}
{{- $tag := default .root.Chart.AppVersion .root.Values.image.tag -}}
{{- $name := printf "%s%s:%s" .root.Values.image.prefix .component $tag -}}
{{- include "millrace.image.reference" (dict "root" .root "name" $name "digest" .image.digest) -}}
{{- end -}}

{{- define "millrace.image.reference" -}}
{{- with .root.Values.image.registry -}}{{ . }}/{{- end -}}
{{- .name -}}
{{- with .digest -}}@{{ . }}{{- end -}}
{{- end -}}

{{/* The domain in which the pods of a StatefulSet have their names. Takes root and component. */}}
{{- define "millrace.domain" -}}
{{ include "millrace.fullname" .root }}-{{ .component }}.{{ .root.Release.Namespace }}.svc.{{ .root.Values.clusterDomain }}
{{- end -}}

{{/* host:port of every controller, separated by commas. */}}
{{- define "millrace.controllers" -}}
{{- $domain := include "millrace.domain" (dict "root" . "component" "controller") -}}
{{- $controllers := list -}}
{{- range $ordinal := until (int .Values.controller.replicas) -}}
{{- $controllers = append $controllers (printf "%s-controller-%d.%s:19093" (include "millrace.fullname" $) $ordinal $domain) -}}
{{- end -}}
{{- join "," $controllers -}}
{{- end -}}

{{/* host:port of every ZooKeeper server, separated by commas. */}}
{{- define "millrace.zookeeper" -}}
{{- if .Values.zookeeper.enabled -}}
{{- $domain := include "millrace.domain" (dict "root" . "component" "zookeeper") -}}
{{- $servers := list -}}
{{- range $ordinal := untilStep 1 (int (add1 .Values.zookeeper.replicas)) 1 -}}
{{- $servers = append $servers (printf "%s-zookeeper-%d.%s:2181" (include "millrace.fullname" $) $ordinal $domain) -}}
{{- end -}}
{{- join "," $servers -}}
{{- else -}}
{{- if not .Values.zookeeper.external.servers -}}
{{- fail "zookeeper.external.servers must name at least one host:port when zookeeper.enabled is false" -}}
{{- end -}}
{{- join "," .Values.zookeeper.external.servers -}}
{{- end -}}
{{- end -}}

{{/* The secret with the certificate that ingresses and the Gateway present. */}}
{{- define "millrace.tlsSecret" -}}
{{- if .Values.tls.secretName -}}
{{- .Values.tls.secretName -}}
{{- else if .Values.tls.certManager.enabled -}}
{{- include "millrace.fullname" . }}-tls
{{- else -}}
{{- fail "tls.enabled needs tls.secretName or tls.certManager.enabled" -}}
{{- end -}}
{{- end -}}
