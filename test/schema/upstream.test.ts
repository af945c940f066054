import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { PINS } from '../../generator/config/pins.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';
import jaeger from '../../schema/upstream/jaeger.json' with { type: 'json' };
import collector from '../../schema/upstream/opentelemetry-collector.json' with { type: 'json' };
import {
  at,
  children,
  enumAt,
  files,
  missingDefaults,
  root,
  schemasIn,
  unknownKeys,
  wrongDefaults,
} from './upstream.ts';

const charts = [
  { key: 'jaeger', pin: PINS.jaeger, facts: jaeger },
  { key: 'otelcol', pin: PINS.collector, facts: collector },
].map(({ key, pin, facts }) => ({
  key,
  pin,
  facts,
  defaults: facts.defaults as JsonObject,
  enums: Object.entries(facts.enums as Record<string, string[]>),
  schema: at(root, 'properties', key),
}));

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, keywords: ['tsType'], strict: true });
const validate = ajv.compile(root);

describe.each(charts)('the schema of $key and its chart', ({ key, pin, facts, defaults, enums, schema }) => {
  test('follows the chart that is pinned', () => {
    const { name, version, appVersion } = pin;
    expect(facts).toMatchObject({ chart: name, version, appVersion });
  });

  test('knows every key that upstream has a default for', () => {
    expect(unknownKeys(defaults, schema, key)).toEqual([]);
  });

  test('says no default but that of upstream', () => {
    expect(wrongDefaults(schema, defaults, key)).toEqual([]);
  });

  test('says the default of every scalar and every list', () => {
    expect(missingDefaults(defaults, schema, key)).toEqual([]);
  });

  test('accepts the defaults of upstream, with the nulls that Helm hands on and without any', () => {
    // Helm drops a null at the top of a subchart's values; 3.22 and 4 keep one further down.
    expect(problems({ [key]: withoutNulls(defaults, 1) })).toEqual([]);
    expect(problems({ [key]: withoutNulls(defaults) })).toEqual([]);
  });

  test('allows no word that the schema of the chart refuses', () => {
    const offenders = enums.flatMap(([path, allowed]) => {
      const words = enumAt(schema, path);
      if (words === undefined) return [`${key}.${path}: any word`];
      return words
        .filter((word) => !allowed.includes(String(word)))
        .map((word) => `${key}.${path}: ${String(word)}`);
    });
    expect(offenders).toEqual([]);
  });
});

describe('a key that is gone, not read or not read here is refused with what to write instead', () => {
  test.each([
    ['jaeger', { allInOne: { resources: {} } }, 'write jaeger.jaeger.resources instead'],
    ['jaeger', { config: { service: {} } }, 'write jaeger.userconfig'],
    ['jaeger', { collector: { enabled: true } }, 'write jaeger.jaeger instead'],
    ['jaeger', { query: { enabled: true } }, 'write jaeger.jaeger instead'],
    ['jaeger', { agent: { enabled: true } }, 'send OTLP'],
    ['jaeger', { ingester: { enabled: true } }, 'jaeger.userconfig'],
    ['jaeger', { hotrod: { enabled: true } }, 'no demonstration'],
    ['jaeger', { provisionDataStore: { cassandra: true } }, 'jaeger_storage.backends'],
    ['jaeger', { cassandra: {} }, 'jaeger_storage.backends'],
    ['jaeger', { elasticsearch: {} }, 'jaeger_storage.backends'],
    ['jaeger', { kafka: {} }, 'jaeger.userconfig'],
    ['jaeger', { schema: {} }, 'jaeger_storage.backends'],
    ['jaeger', { tag: '2.19.0' }, 'write jaeger.jaeger.image.tag'],
    ['jaeger', { networkPolicy: { enabled: true } }, 'jaeger.extraObjects'],
    ['jaeger', { commonAnnotations: { a: 'b' } }, 'jaeger.jaeger.service.annotations'],
    ['jaeger', { storage: { type: 'memory' } }, 'use -f presets/memory.yaml'],
    ['jaeger', { storage: { type: 'badger' } }, '-f presets/badger.yaml'],
    ['jaeger', { storage: { badger: { ephemeral: false } } }, 'storage.badger.size at the root'],
    ['jaeger', { storage: { memory: {} } }, 'presets/memory.yaml'],
    ['jaeger', { storage: { kafka: {} } }, 'jaeger.userconfig'],
    ['jaeger', { storage: { grpcPlugin: {} } }, 'jaeger_storage.backends'],
    ['jaeger', { storage: { cassandra: { password: 'x' } } }, 'existingSecret'],
    ['jaeger', { storage: { cassandra: { usePassword: false } } }, 'existingSecret'],
    ['jaeger', { storage: { cassandra: { cmdlineParams: { a: 'b' } } } }, 'jaeger.spark.cmdlineParams'],
    ['jaeger', { jaeger: { topologySpreadContraints: [{ maxSkew: 1 }] } }, 'topologySpreadConstraints'],
    ['jaeger', { jaeger: { ingress: { labels: { a: 'b' } } } }, 'jaeger.commonLabels'],
    ['otelcol', { config: { exporters: { otlp: {} } } }, 'alternateConfig.exporters and name it otlp_grpc'],
    ['otelcol', { config: { exporters: { 'otlp/jaeger': {} } } }, 'name it otlp_grpc'],
    ['otelcol', { config: { exporters: { nop: {} } } }, 'write otelcol.alternateConfig'],
    ['otelcol', { config: { processors: { batch: { timeout: '1s' } } } }, 'write otelcol.alternateConfig'],
    ['otelcol', { config: { processors: { memory_limiter: { limit_percentage: 70 } } } }, 'alternateConfig'],
    [
      'otelcol',
      { config: { receivers: { otlp: { protocols: { grpc: { endpoint: 'x:1' } } } } } },
      'alternate',
    ],
    [
      'otelcol',
      { config: { service: { pipelines: { traces: { exporters: ['otlp'] } } } } },
      'alternateConfig',
    ],
    ['otelcol', { config: { connectors: {} } }, 'write otelcol.alternateConfig'],
    ['otelcol', { internalTelemetryViaOTLP: { endpoint: 'x' } }, 'alternateConfig.service.telemetry'],
    [
      'otelcol',
      { internalTelemetryViaOTLP: { logs: { enabled: true } } },
      'alternateConfig.service.telemetry',
    ],
    ['otelcol', { image: { registry: 'ghcr.io' } }, 'otelcol.image.repository'],
  ] as const)('%s: %j', (key, values, sentence) => {
    expect(problems({ [key]: values as unknown as Json }).join('\n')).toContain(sentence);
  });
});

describe('the schemas of the charts and of Kubernetes', () => {
  const definitions = Object.entries(files)
    .filter(([name]) => /^(kubernetes|jaeger-chart|otelcol-chart)/.test(name))
    .flatMap(([, file]) => Object.entries(file['definitions'] as Record<string, JsonObject>));
  const nodes = definitions.flatMap(([name, definition]) => schemasIn(definition, name));
  const properties = nodes.flatMap(({ path, schema }) =>
    children(schema, 'properties').map(([key, property]) => ({ path: `${path}.${key}`, schema: property })),
  );
  const offenders = (among: { path: string; schema: JsonObject }[], wrong: (schema: JsonObject) => boolean) =>
    among.filter(({ schema }) => wrong(schema)).map(({ path }) => path);

  test('are all reached from the values', () => {
    const reached = Object.keys(root['definitions'] as JsonObject);
    expect(definitions.map(([name]) => name).filter((name) => !reached.includes(name))).toEqual([]);
  });

  test('are closed, but for what is handed on to Kubernetes as it is', () => {
    const open = offenders(nodes, (schema) => {
      const more = schema['additionalProperties'];
      return [schema['type']].flat().includes('object') && more !== false && !isObject(more);
    });
    expect(open).toEqual(['FreeForm']);
  });

  test('describe every property', () => {
    expect(offenders(properties, (schema) => !/^.+[.]$/.test(String(schema['description'] ?? '')))).toEqual(
      [],
    );
  });
});

/** What ajv says about values, with the words it would have taken. */
function problems(values: JsonObject): string[] {
  validate(values);
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

/** A map without its nulls, down to a depth. */
function withoutNulls(value: JsonObject, depth = Number.POSITIVE_INFINITY): JsonObject {
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(
    kept.map(([key, item]) => [key, isObject(item) && depth > 1 ? withoutNulls(item, depth - 1) : item]),
  );
}
