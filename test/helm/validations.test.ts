import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm } from '../support/helm.ts';
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
