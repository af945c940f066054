import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm, parseObjects } from '../support/helm.ts';
import { podOf } from '../support/pods.ts';
import { availabilityRefusals } from './refusals/availability.ts';
import { baseRefusals } from './refusals/base.ts';
import { collectorRefusals } from './refusals/collector.ts';
import { queueRefusals } from './refusals/queue.ts';
import { refusesAndMends, renderer } from './refusals/run.ts';
import { spaceliftRefusals } from './refusals/spacelift.ts';
import { wiringRefusals } from './refusals/wiring.ts';

const folder = temporaryFolder();

refusesAndMends([
  ...baseRefusals,
  ...collectorRefusals,
  ...queueRefusals,
  ...availabilityRefusals,
  ...spaceliftRefusals,
  ...wiringRefusals,
]);

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

  test('refuses a namespace that is a number in YAML', async () => {
    const { stderr } = await helm(version, ['template', 'test', render.folder(), '--namespace', '456']);
    expect(stderr).toContain(
      'The namespace "456" is no text in YAML, and the chart of the collector writes it without quotes. Use another one:',
    );
  });

  test('writes the names of Spacelift as text whatever they look like', async () => {
    const names = 'spacelift: {namespace: "0123", connect: {serviceAccountName: "1e3"}}';
    const objects = parseObjects((await render('test', [], names)).stdout);
    const role = objects.find(({ kind, metadata }) => kind === 'Role' && metadata.namespace === '0123');
    expect(role).toBeDefined();
    const accounts = objects.flatMap((object) => podOf(object)?.serviceAccountName ?? []);
    expect(accounts).toContain('1e3');
  });

  test.each(['badger', 'opensearch', 'disk-buffer'])(
    'judges lists that are half written, with %s',
    async (preset) => {
      const pod = '{extraEnv: [{}], extraVolumes: [{}], extraVolumeMounts: [{}]}';
      const job = '{extraEnv: [{}]}';
      const values = `jaeger: {jaeger: ${pod}, esIndexCleaner: ${job}, esRollover: ${job}, esLookback: ${job}}
otelcol: {extraEnvs: [{}], extraVolumes: [{}], extraVolumeMounts: [{}], statefulset: {volumeClaimTemplates: [{}]}}
networkPolicy: {enabled: true, collector: {from: [{}], egress: [{}]}, hook: {egress: [{}]}}`;
      const { stderr } = await render('test', [`chart/presets/${preset}.yaml`], values);
      expect(stderr).toMatch(/^Error: execution error at \(spacelift-telemetry\/templates\/validations.yaml/);
    },
  );

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
