import type { Refusal } from './refusal.ts';

const BADGER = 'chart/presets/badger.yaml';

/** What is refused of names, of Badger's volume and of the hook's targets. */
export const baseRefusals: readonly Refusal[] = [
  {
    name: 'a release name with a dot',
    release: 'my.telemetry',
    refusal: `The release name "my.telemetry" has a dot, and Kubernetes refuses names that are made of it. Use one without:

    helm install my-telemetry CHART --namespace monitoring`,
    mended: { release: 'my-telemetry' },
  },
  {
    name: 'a release name that is a number in YAML',
    release: '1e3',
    refusal: `The release name "1e3" is no text in YAML, and the charts of Jaeger and the collector write it without quotes. Use another one:

    helm install telemetry-1e3 CHART --namespace monitoring`,
    mended: { release: 'telemetry-1e3' },
  },
  {
    name: "another name for Jaeger's objects",
    values: 'jaeger: {fullnameOverride: tracing}',
    refusal: `jaeger.fullnameOverride is "tracing", but every endpoint of this chart is made of the constant name. Leave the key out, or write:

    jaeger:
      fullnameOverride: spacelift-telemetry-jaeger`,
    mended: { values: 'jaeger: {fullnameOverride: spacelift-telemetry-jaeger}' },
  },
  {
    name: "another name for the collector's objects",
    values: 'otelcol: {fullnameOverride: ""}',
    refusal: `otelcol.fullnameOverride is "", but every endpoint of this chart is made of the constant name. Leave the key out, or write:

    otelcol:
      fullnameOverride: spacelift-telemetry-collector`,
    mended: { values: 'otelcol: {fullnameOverride: spacelift-telemetry-collector}' },
  },
  {
    name: 'Badger without its volume',
    presets: [BADGER],
    values: `jaeger:
  jaeger:
    extraVolumes: [{name: ca, configMap: {name: ca}}]
    extraVolumeMounts: [{name: ca, mountPath: /etc/ca}]`,
    refusal: `Badger writes to /badger/keys and /badger/values, where no volume is mounted: a list in a later values file replaces the whole list. Put these entries into yours:

    jaeger:
      jaeger:
        extraVolumes:
          - name: badger
            persistentVolumeClaim:
              claimName: spacelift-telemetry-badger
        extraVolumeMounts:
          - name: badger
            mountPath: /badger`,
    mended: {
      values: `jaeger:
  jaeger:
    extraVolumes: [{name: ca, configMap: {name: ca}}, {name: badger, persistentVolumeClaim: {claimName: spacelift-telemetry-badger}}]
    extraVolumeMounts: [{name: ca, mountPath: /etc/ca}, {name: badger, mountPath: /badger}]`,
    },
  },
  {
    name: 'a mount whose volume is missing',
    presets: [BADGER],
    values: 'jaeger: {jaeger: {extraVolumes: []}}',
    refusal: 'Badger writes to /badger/keys and /badger/values, where no volume is mounted',
    mended: { values: '{}' },
  },
  {
    name: 'an existing claim that only the parent knows',
    presets: [BADGER],
    values: 'storage: {badger: {existingClaim: mine}}',
    refusal: `storage.badger.existingClaim is "mine", but Jaeger mounts "spacelift-telemetry-badger": a subchart cannot read a value of its parent. Write both:

    storage:
      badger:
        existingClaim: mine
    jaeger:
      jaeger:
        extraVolumes:
          - name: badger
            persistentVolumeClaim:
              claimName: mine`,
    mended: {
      values: `storage: {badger: {existingClaim: mine}}
jaeger: {jaeger: {extraVolumes: [{name: badger, persistentVolumeClaim: {claimName: mine}}]}}`,
    },
  },
  {
    name: 'a hook without a target',
    values: 'spacelift: {secrets: []}',
    refusal: `spacelift.secrets and spacelift.deployments must each name at least one object, or nothing is connected. Write:

    spacelift:
      secrets:
        - spacelift-shared
      deployments:
        - spacelift-drain
        - spacelift-server

or leave Spacelift alone:

    spacelift:
      connect:
        mode: manual`,
    mended: { values: 'spacelift: {secrets: [], connect: {mode: manual}}' },
  },
];
