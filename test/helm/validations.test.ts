import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm } from '../support/helm.ts';
import { availabilityRefusals } from './refusals/availability.ts';
import { collectorRefusals } from './refusals/collector.ts';
import { queueRefusals } from './refusals/queue.ts';
import type { Refusal } from './refusals/refusal.ts';
import { refusesAndMends, renderer } from './refusals/run.ts';
import { spaceliftRefusals } from './refusals/spacelift.ts';

const folder = temporaryFolder();

const BADGER = 'chart/presets/badger.yaml';

const cases: readonly Refusal[] = [
  {
    name: 'a release name with a dot',
    release: 'my.telemetry',
    refusal: `The release name "my.telemetry" has a dot, and Kubernetes refuses names that are made of it. Use one without:

    helm install my-telemetry CHART --namespace monitoring`,
    mended: { release: 'my-telemetry' },
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
  ...collectorRefusals,
  ...queueRefusals,
  ...availabilityRefusals,
  ...spaceliftRefusals,
];

refusesAndMends(cases);

describe.each(chosenHelms())('helm %s', (version) => {
  const render = renderer(version);

  test('lists all that is wrong at once', async () => {
    const { stderr } = await render(
      'my.telemetry',
      [],
      'jaeger: {fullnameOverride: a}\notelcol: {fullnameOverride: b}',
    );
    for (const words of [
      'The release name',
      'jaeger.fullnameOverride is "a"',
      'otelcol.fullnameOverride is "b"',
    ]) {
      expect(stderr).toContain(words);
    }
  });

  test('takes a release name of 53 characters, the most that Helm allows', async () => {
    expect(await render('a'.repeat(53))).toMatchObject({ code: 0 });
  });

  test('finds Chart.lock in step with Chart.yaml', async () => {
    const { stdout, stderr } = await helm(
      version,
      ['dependency', 'build', render.folder(), '--skip-refresh'],
      {
        env: { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder },
      },
    );
    expect(stdout + stderr).not.toContain('out of sync');
  });
});
