import { baseValues, presets } from '../features/index.ts';
import type { Model } from '../model.ts';
import template from '../templates/README.md.hbs?raw';
import { banner } from '../text/banner.ts';
import { renderTemplate } from '../text/handlebars.ts';
import type { JsonObject } from '../text/json.ts';
import type { ChartFile } from './chart-file.ts';
import { rowAt, rowsBelow } from './reference.ts';
import { valuesSchemaSource } from './schemas.ts';

const JAEGER = ['jaeger', 'jaeger'];
const JAEGER_BACKENDS = ['jaeger', 'userconfig', 'extensions', 'jaeger_storage', 'backends'];
const TO_JAEGER = ['otelcol', 'alternateConfig', 'exporters', 'otlp_grpc/jaeger'];

/** What people set of Jaeger and of the collector; the schema has the rest. */
const MOST_USED = {
  jaeger: [
    ...['image.registry', 'image.repository', 'image.tag', 'image.pullSecrets', 'resources'].map((key) => [
      ...JAEGER,
      ...key.split('.'),
    ]),
    ...['ingress', 'httproute', 'nodeSelector', 'tolerations', 'affinity'].map((key) => [...JAEGER, key]),
    ['jaeger', 'userconfig'],
    [...JAEGER_BACKENDS, 'memory', 'memory', 'max_traces'],
    [...JAEGER_BACKENDS, 'badger', 'badger', 'ttl', 'spans'],
  ],
  collector: [
    ...['image.repository', 'image.tag', 'imagePullSecrets', 'resources', 'replicaCount'].map((key) => [
      'otelcol',
      ...key.split('.'),
    ]),
    ...['podDisruptionBudget', 'networkPolicy', 'nodeSelector', 'tolerations', 'affinity'].map((key) => [
      'otelcol',
      key,
    ]),
    ['otelcol', 'alternateConfig'],
    [...TO_JAEGER, 'compression'],
    [...TO_JAEGER, 'sending_queue', 'queue_size'],
  ],
} as const;

/** `README.md` of the chart: how to install it, its presets, and its values from the schema. */
export function readme(model: Model): ChartFile[] {
  const values = baseValues(model) as unknown as JsonObject;
  const all = (key: string) => rowsBelow(valuesSchemaSource, values, [key]);
  const some = (paths: readonly (readonly string[])[]) =>
    paths.map((path) => rowAt(valuesSchemaSource, values, path));
  const sections = [
    { title: 'spacelift', purpose: 'Which Spacelift is connected, and how.', rows: all('spacelift') },
    {
      title: 'storage',
      purpose: 'The claim of the preset `badger`, and nothing else.',
      rows: all('storage'),
    },
    {
      title: 'ui',
      purpose: 'A Service of its own for the UI; all else of it is under `jaeger`.',
      rows: all('ui'),
    },
    { title: 'networkPolicy', purpose: 'Who may connect to what.', rows: all('networkPolicy') },
    { title: 'hook', purpose: 'The pods of the connection and of `helm test`.', rows: all('hook') },
    {
      title: 'presets',
      purpose: 'Written by presets, for the notes; it switches nothing.',
      rows: all('presets'),
    },
    { title: 'jaeger', purpose: 'The keys that people set.', rows: some(MOST_USED.jaeger) },
    { title: 'otelcol', purpose: 'The keys that people set.', rows: some(MOST_USED.collector) },
  ];
  const facts = { ...model, presets, sections };
  const content = banner('markdown') + renderTemplate('README.md.hbs', template, facts);
  return [{ path: 'README.md', content }];
}
