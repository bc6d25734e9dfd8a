{{/*
What every pod says about itself, up to its containers. Takes root, component, pod (the component's values) and, optionally,
user (the number of the image's user), rack, and zone (pins the pod to the nodes of that zone).
*/}}
{{- define "millrace.pod" -}}
serviceAccountName: {{ include "millrace.serviceAccountName" .root }}
automountServiceAccountToken: false
# Otherwise Kubernetes would set variables like MILLRACE_GATEWAY_PORT, which the processes would take for settings.
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ default 10001 .user }}
  runAsGroup: {{ default 10001 .user }}
  fsGroup: {{ default 10001 .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .pod.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- $nodes := deepCopy .pod.nodeSelector }}
{{- with .zone }}
{{- $_ := set $nodes $.root.Values.broker.rackNodeLabel . }}
{{- end }}
{{- with $nodes }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .pod.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .pod.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .pod.spread }}
topologySpreadConstraints:
  {{- if not .zone }}
  - topologyKey: topology.kubernetes.io/zone
    maxSkew: 1
    whenUnsatisfiable: {{ .pod.spread }}
    labelSelector:
      matchLabels:
        {{- include "millrace.selector" . | nindent 8 }}
  {{- end }}
  - topologyKey: kubernetes.io/hostname
    maxSkew: 1
    whenUnsatisfiable: {{ .pod.spread }}
    labelSelector:
      matchLabels:
        {{- include "millrace.selector" . | nindent 8 }}
{{- end }}
{{- end -}}

{{- define "millrace.podMetadata" -}}
labels:
  {{- include "millrace.labels" . | nindent 2 }}
  {{- with .rack }}
  millrace.io/rack: {{ . }}
  {{- end }}
  {{- with .pod.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- if or .checksum .pod.podAnnotations }}
annotations:
  {{- with .checksum }}
  # A new configuration is a new pod.
  checksum/config: {{ . }}
  {{- end }}
  {{- with .pod.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* The "restricted" profile of the pod security standards, and nothing to write on but volumes. */}}
{{- define "millrace.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* Alive is who runs, ready is who can serve: a restart mends neither a full disk nor a missing controller. */}}
{{- define "millrace.probes" -}}
startupProbe:
  httpGet:
    path: /health/liveness
    port: management
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div (int .startupSeconds) 2 }}
livenessProbe:
  httpGet:
    path: /health/liveness
    port: management
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /health/readiness
    port: management
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 3
{{- end -}}

{{/* Environment that every service process gets. Takes root, component and pod. */}}
{{- define "millrace.environment" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
# Without it a process listens for its own machine only.
- name: MILLRACE_HOST
  value: 0.0.0.0
- name: MILLRACE_HEAP
  value: {{ .pod.heap }}
- name: MILLRACE_DIRECT_MEMORY
  value: {{ .pod.directMemory }}
- name: MILLRACE_JAVA_OPTIONS
  value: {{ .pod.javaOptions | quote }}
{{- with .pod.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The number at the end of the pod's name. */}}
{{- define "millrace.ordinal" -}}
valueFrom:
  fieldRef:
    fieldPath: metadata.labels['apps.kubernetes.io/pod-index']
{{- end -}}

{{/* A container that runs one command of the client. Takes root, name and arguments. */}}
{{- define "millrace.client" -}}
name: {{ .name }}
image: {{ include "millrace.image" (dict "root" .root "component" "cli" "image" .root.Values.client.image) }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args:
  {{- toYaml .arguments | nindent 2 }}
env:
  - name: MILLRACE_SERVER
    value: {{ include "millrace.fullname" .root }}-gateway.{{ .root.Release.Namespace }}.svc.{{ .root.Values.clusterDomain }}:50051
  - name: MILLRACE_HEAP
    value: {{ .root.Values.client.heap }}
  - name: MILLRACE_JAVA_OPTIONS
    value: {{ .root.Values.client.javaOptions | quote }}
securityContext:
  {{- include "millrace.containerSecurity" . | nindent 2 }}
resources:
  {{- toYaml .root.Values.client.resources | nindent 2 }}
{{- end -}}
