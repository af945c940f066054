import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { model } from '../../generator/model.ts';
import { printYaml } from '../../generator/text/yaml.ts';
import jaegerFacts from '../../schema/upstream/jaeger.json' with { type: 'json' };
import collectorFacts from '../../schema/upstream/opentelemetry-collector.json' with { type: 'json' };
import { missingCharts, vendor } from '../../scripts/charts.mjs';

/** A chart that Helm can render, and whether the subcharts in it are the real ones. */
export interface RenderableChart {
  readonly folder: string;
  readonly real: boolean;
}

/** Why tests that need the real subcharts are skipped, for the last lines of a run. */
export const STUBS =
  'the real jaeger and opentelemetry-collector charts are not at hand: stub subcharts instead';

let prepared: Promise<RenderableChart> | undefined;

/**
 * `chart/` with its dependencies: the real ones where they are vendored or can be, else stubs that render no more
 * than their configuration, which is said out loud. Under REQUIRE_CHARTS stubs are an error.
 */
export function renderableChart(): Promise<RenderableChart> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<RenderableChart> {
  try {
    await vendor();
  } catch (error) {
    if (process.env['REQUIRE_CHARTS']) throw error;
  }
  if ((await missingCharts()).length === 0) return { folder: 'chart', real: true };
  console.warn(`WARNING: ${STUBS}`);
  return { folder: stubbedChart(), real: false };
}

function stubbedChart(): string {
  const folder = temporaryFolder();
  cpSync('chart', folder, { recursive: true });
  stub(folder, model.jaeger, jaegerFacts.defaults, 'user-config', '.Values.userconfig');
  stub(folder, model.collector, collectorFacts.defaults, model.names.collector, '.Values.alternateConfig');
  return folder;
}

function stub(
  chart: string,
  { name, version }: { name: string; version: string },
  values: object,
  map: string,
  config: string,
) {
  const folder = join(chart, 'charts', name);
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), printYaml({ apiVersion: 'v2', name, version }));
  writeFileSync(join(folder, 'values.yaml'), JSON.stringify(values));
  const head = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${map}\ndata:\n`;
  writeFileSync(join(folder, 'templates/config.yaml'), `${head}  config: {{ toYaml ${config} | quote }}\n`);
}

/** A folder that is gone after the file's tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spacelift-telemetry-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
