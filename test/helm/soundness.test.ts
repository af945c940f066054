import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { baseValues, merge, model } from '../../generator/index.ts';
import type { Json, JsonObject } from '../../generator/text/json.ts';
import { compileShipped } from '../schema/verdicts.ts';
import { type RenderableChart, renderableChart, STUBS, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm, parseObjects } from '../support/helm.ts';
import { type Judged, judgeObjects, whyNotJudged } from '../support/kubeconform.ts';
import { sampledValues } from '../support/sampled-values.ts';

const WANTED = Number(process.env['SOUNDNESS_CASES'] ?? 25);
const SEED = Number(process.env['SOUNDNESS_SEED'] ?? 1);

/**
 * What the schema takes and somebody else refuses, in words of their own: CONTRIBUTING.md says why it cannot be helped.
 * Most are of one kind: a key is missing beside one that is there, which a schema whose every part is accepted alone
 * cannot ask for.
 */
const LIMITS: readonly RegExp[] = [
  // Kubernetes, of a container, a volume, a selector, an object of `extraObjects`; and the collector chart's own schema.
  /missing propert(y|ies) '/,
  /missing 'kind' key/,
  // The collector's chart takes it for granted that a startup probe has an `httpGet`.
  /\.Values\.startupProbe\.httpGet\.path>:\s+nil pointer/,
  // Of a StatefulSet: what a rollout is made of depends on `otelcol.mode`.
  /Deployment: '\/spec\/strategy\/rollingUpdate': additional properties 'partition' not allowed/,
  // The subcharts write `nameOverride` without quotes, and `n` or `12` is no text in YAML then.
  /app\.kubernetes\.io~1name': got (number|boolean), want string/,
  // Kinds of the Prometheus operator and of the Gateway API, which Kubernetes itself does not have.
  /could not find schema for (PrometheusRule|ServiceMonitor|PodMonitor|HTTPRoute)$/,
];

const [version = '4.3'] = chosenHelms().toReversed();
const schema = JSON.parse(readFileSync('chart/values.schema.json', 'utf8')) as JsonObject;
const validate = compileShipped();
const folder = temporaryFolder();

let chart: RenderableChart;
let notJudged: string;
beforeAll(async () => {
  chart = await renderableChart();
  notJudged = await whyNotJudged();
});

/** What is wrong with the objects of these values; nothing where the chart's own validations refuse them. */
async function faults(values: Json, file: string): Promise<string[]> {
  writeFileSync(file, JSON.stringify(values));
  const { stdout, stderr, code } = await helm(version, ['template', 'test', chart.folder, '--values', file]);
  if (code !== 0)
    return /at \(spacelift-telemetry\/templates\/validations\.yaml/.test(stderr) ? [] : [stderr];
  const judged = await judgeObjects(parseObjects(stdout));
  return judged.filter(({ status }) => status !== 'statusValid').flatMap(places);
}

/** A message about an object has a line for each place, and one for each level above it that says no more. */
function places({ kind, msg }: Judged): string[] {
  const [all = '', ...each] = msg.split(/ +- at /).filter((part) => !part.endsWith('validation failed'));
  return (each.length > 0 ? each : [all]).map((part) => `${kind}: ${part}`);
}

const timeout = 60_000 + WANTED * 5_000;

test(`what the schema takes, renders, and Kubernetes takes it (${WANTED} files, seed ${SEED})`, {
  timeout,
}, async ({ skip }) => {
  if (!chart.real) skip(STUBS);
  if (notJudged) skip(notJudged);
  const base: object = baseValues(model);
  const samples = fc
    .sample(sampledValues(schema), { seed: SEED, numRuns: WANTED })
    .filter((values) => validate(merge(base, values as object)));
  expect(samples.length).toBeGreaterThan(WANTED / 2);
  const unsound: object[] = [];
  for (const [index, values] of samples.entries()) {
    const found = await faults(values, join(folder, `${index}.json`));
    const unknown = found.filter((fault) => !LIMITS.some((limit) => limit.test(fault)));
    if (unknown.length > 0) unsound.push({ values, unknown });
  }
  expect(unsound).toEqual([]);
});
