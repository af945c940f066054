import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { temporaryFolder } from '../support/chart.ts';
import { output } from '../support/processes.ts';
import { ProjectCopy } from '../support/project-copy.ts';
import { type Registry, startRegistry } from '../support/registry.ts';
import { extraValues, helms, whyNot } from './settings.ts';
import { CHART, RELEASE, Stage } from './stage.ts';

const missing = await whyNot();

describe.skipIf(missing)(`a published chart${missing}`, () => {
  const folder = temporaryFolder();
  const copyFolder = temporaryFolder();
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry(folder);
    const copy = new ProjectCopy(copyFolder);
    await copy.commit('2026-01-02T03:04:05Z');
    const args = ['scripts/publish-chart.mjs', `${registry.address}/charts`, '--plain-http'];
    await output(process.execPath, args, { cwd: copy.folder });
  });
  afterAll(() => registry?.stop());

  describe.each(helms)('by Helm %s', (version) => {
    const stage = new Stage(version);
    beforeAll(() => stage.setUp());
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(() => stage.tearDown('the release out of a registry'));

    test('comes up by its address alone', async () => {
      const files = ['manual', 'memory'].map((name) => join(CHART, 'presets', `${name}.yaml`));
      const values = [...files, ...extraValues].flatMap((file) => ['--values', file]);
      const where = [`${registry.address}/charts/${model.chart.name}`, '--version', model.chart.version];
      const flags = ['--plain-http', '--wait', '--timeout=5m', ...values];
      const { code, stdout, stderr } = await stage.helm('install', [RELEASE, ...where, ...flags]);
      expect(code, stderr).toBe(0);
      expect(stdout).toContain(`Endpoint   ${stage.endpoint}\n`);

      await stage.startSpacelift();
      const count = () => stage.jaeger.countSpans('spacelift-server');
      await expect.poll(count, { timeout: 120_000, interval: 500 }).toBeGreaterThan(0);
    });
  });
});
