import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, temporaryFolder } from '../../support/chart.ts';
import { chosenHelms, type HelmVersion, helm, oldestAndNewest } from '../../support/helm.ts';
import type { Refusal } from './refusal.ts';

/** What renders the chart with presets and values on top, for the tests of a `describe`. */
export function renderer(version: HelmVersion) {
  let chart: RenderableChart;
  const folder = temporaryFolder();
  beforeAll(async () => {
    chart = await renderableChart();
  });
  async function render(release = 'test', presets: readonly string[] = [], values = '{}') {
    const file = join(folder, `${version}-values.yaml`);
    writeFileSync(file, values);
    const files = [...presets, file].flatMap((path) => ['--values', path]);
    return helm(version, ['template', release, chart.folder, '--namespace', 'monitoring', ...files]);
  }
  return Object.assign(render, { folder: () => chart.folder });
}

/**
 * The whole text of each refusal, on each Helm, and that what it says to write is enough: values that render are the
 * same to all Helms, so the oldest and the newest are asked.
 */
export function refusesAndMends(cases: readonly Refusal[]): void {
  describe.each(chosenHelms())('helm %s', (version) => {
    const render = renderer(version);

    test.each(cases)('refuses $name', async ({ release, presets, values, refusal }) => {
      const { code, stdout, stderr } = await render(release, presets, values);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(refusal);
    });
  });

  describe.each(oldestAndNewest())('helm %s', (version) => {
    const render = renderer(version);

    test.each(cases)('renders once $name is mended', async ({ presets, mended: { release, values } }) => {
      expect(await render(release, presets, values)).toMatchObject({ code: 0, stderr: '' });
    });
  });
}
