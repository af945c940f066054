import type { HookValues, SpaceliftValues } from '../../schema/types/values.ts';

/**
 * The base values of `spacelift`: the names of Spacelift's own chart and Terraform modules. Its scheduler is gone
 * from version 6.4 on and its VCS gateway is optional, so neither has to exist
 * (spacelift-io/spacelift-helm-charts, spacelift-self-hosted).
 */
export function spaceliftValues(): SpaceliftValues {
  return {
    namespace: 'spacelift',
    secrets: ['spacelift-shared'],
    deployments: ['spacelift-drain', 'spacelift-scheduler', 'spacelift-vcs-gateway', 'spacelift-server'],
    connect: {
      schedule: '*/15 * * * *',
      endpoint: '',
      timeoutSeconds: 240,
      takeOver: false,
      existingVendor: 'refuse',
      managedSecret: 'refuse',
      onDisconnectFailure: 'warn',
      onRolloutFailure: 'warn',
      restart: 'onChange',
      restartDelaySeconds: 0,
      restartOnCollectorChange: false,
      rbac: { create: true },
      serviceAccountName: '',
    },
  };
}

/** The base values of `hook`: Node without a shell, by digest. */
export function hookValues(): HookValues {
  return {
    image: {
      repository: 'gcr.io/distroless/nodejs24-debian13',
      tag: 'nonroot',
      digest: 'sha256:9eeb7f5887d0e239e78264b06f7f11d2e14be534050481803a9e4728fcdd278e',
      pullPolicy: 'IfNotPresent',
    },
    imagePullSecrets: [],
    resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } },
    // A sidecar that a mesh puts beside the hook never ends, and neither would the Job.
    podLabels: { 'sidecar.istio.io/inject': 'false' },
    podAnnotations: { 'linkerd.io/inject': 'disabled' },
    nodeSelector: {},
    tolerations: [],
  };
}
