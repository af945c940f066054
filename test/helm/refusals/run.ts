import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, temporaryFolder } from '../../support/chart.ts';
import { chosenHelms, type HelmVersion, helm } from '../../support/helm.ts';
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

/** Each case on each Helm: the whole text of the refusal, and that what it says to write is enough. */
export function refusesAndMends(cases: readonly Refusal[]): void {
  describe.each(chosenHelms())('helm %s', (version) => {
    const render = renderer(version);

    test.each(cases)('refuses $name, and renders once it is mended', async (one) => {
      const refused = await render(one.release, one.presets, one.values);
      expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
      expect(refused.stderr).toContain(one.refusal);
      expect(await render(one.mended.release, one.presets, one.mended.values)).toMatchObject({
        code: 0,
        stderr: '',
      });
    });
  });
}
