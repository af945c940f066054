import { readFile } from 'node:fs/promises';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { merge, model, overlay, presets } from '../../generator/index.ts';
import { isOfProgram } from '../../generator/render/chart-defaults.ts';
import { expand } from '../../generator/render/describe.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, helm } from '../support/helm.ts';

const [version = '4.3'] = chosenHelms().toReversed();
const schema = JSON.parse(await readFile('chart/values.schema.json', 'utf8')) as JsonObject;

let chart: RenderableChart;
beforeAll(async () => {
  chart = await renderableChart();
});
beforeEach(({ skip }) => {
  if (!chart.real) skip(STUBS);
});

/** So much of the charts switched on that most of their templates say something. */
const OPENED = {
  jaeger: {
    jaeger: {
      ingress: { enabled: true, hosts: ['traces.example.com'] },
      httproute: { enabled: true, parentRefs: [{ name: 'public' }] },
    },
  },
  otelcol: {
    autoscaling: { enabled: true },
    clusterRole: { create: true },
    networkPolicy: { enabled: true },
    podDisruptionBudget: { enabled: true },
    serviceMonitor: { enabled: true },
    podMonitor: { enabled: true },
    prometheusRule: { enabled: true, defaultRules: { enabled: true } },
    service: { type: 'LoadBalancer' },
    httproute: { enabled: true, parentRefs: [{ name: 'public' }] },
    ingress: {
      enabled: true,
      hosts: [{ host: 'a', paths: [{ path: '/', pathType: 'Prefix', port: 4318 }] }],
    },
  },
};

/** Every default that the schema states for a value of the charts, as values. */
function stated(node: JsonObject, path: readonly string[] = []): JsonObject {
  const { properties } = expand(schema, node);
  const entries = Object.entries((properties ?? {}) as Record<string, JsonObject>).flatMap(
    ([key, property]): [string, Json][] => {
      const below = [...path, key];
      if (isOfProgram(below)) return [];
      const said = { ...expand(schema, property), ...property }['default'];
      const inside = stated(property, below);
      if (said === undefined) return Object.keys(inside).length > 0 ? [[key, inside]] : [];
      return [[key, isObject(said) ? merge<JsonObject>(inside, said) : said]];
    },
  );
  return Object.fromEntries(entries);
}

async function rendered(values: object): Promise<string> {
  const input = JSON.stringify(values);
  const args = [
    'template',
    'test',
    chart.folder,
    '--values',
    '-',
    '--api-versions',
    'monitoring.coreos.com/v1',
  ];
  const { stdout, stderr, code } = await helm(version, args, { input });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

test('the defaults that the schema states are what is there without them', async () => {
  const search = presets.find(({ name }) => name === 'opensearch');
  if (search === undefined) throw new Error('there is no preset opensearch');
  const wide = merge<object>(overlay(search.config, model), OPENED);
  const defaults = stated(schema);
  expect(JSON.stringify(defaults).length).toBeGreaterThan(5000);
  expect(await rendered(merge<object>(defaults, wide))).toEqual(await rendered(wide));
  expect(await rendered(defaults)).toEqual(await rendered({}));
});
