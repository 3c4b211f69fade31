{{- define "ecart.name" -}}
{{- printf "%s-%s" .Release.Name (.Values.domain | replace "_" "-") | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "ecart.selector" -}}
app.kubernetes.io/name: ecart
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: {{ .Values.domain | replace "_" "-" }}
{{- end -}}

{{- define "ecart.labels" -}}
{{ include "ecart.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}
