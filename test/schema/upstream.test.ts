import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { bundleSchemas } from '../../generator/render/bundle-schemas.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';
import jaeger from '../../schema/upstream/jaeger.json' with { type: 'json' };
import collector from '../../schema/upstream/opentelemetry-collector.json' with { type: 'json' };

/** Where the schemas are that this test is about: those of the two charts, and of Kubernetes in them. */
const FOLDER = join(import.meta.dirname, '..', '..', 'schema', 'values');
const OURS = /^(kubernetes|jaeger-chart|otelcol-chart)/;

/** What the programs read themselves is no matter of their charts. */
const PROGRAMS = ['#/definitions/JaegerConfig', '#/definitions/CollectorConfig'];

/** Keywords that let a schema refuse a part of what it accepts, or that are not the same in every validator. */
const BANNED = [
  ...['required', 'minProperties', 'minItems', 'minLength', 'contains', 'dependencies', 'propertyNames'],
  ...['if', 'then', 'else', 'oneOf', 'anyOf', 'not', 'format', 'multipleOf', 'markdownDescription'],
];

const files = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))]),
) as Record<string, JsonObject>;

const root = bundleSchemas(
  {
    type: 'object',
    properties: {
      jaeger: { $ref: 'jaeger-chart.schema.json#/definitions/JaegerChart' },
      otelcol: { $ref: 'otelcol-chart.schema.json#/definitions/OtelcolChart' },
    },
  },
  files,
);

const charts = [
  { key: 'jaeger', facts: jaeger },
  { key: 'otelcol', facts: collector },
].map(({ key, facts }) => ({
  key,
  defaults: facts.defaults as JsonObject,
  enums: Object.entries(facts.enums as Record<string, string[]>),
  schema: at(root, 'properties', key),
}));

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, keywords: ['tsType'], strict: true });
const validate = ajv.compile(root);

describe.each(charts)('the schema of $key and its chart', ({ key, defaults, enums, schema }) => {
  test('knows every key that upstream has a default for', () => {
    expect(unknownKeys(defaults, schema, key)).toEqual([]);
  });

  test('says no default but upstream’s', () => {
    expect(wrongDefaults(schema, defaults, key)).toEqual([]);
  });

  test('says the default of every scalar and every list', () => {
    expect(missingDefaults(defaults, schema, key)).toEqual([]);
  });

  test('accepts upstream’s defaults, with the nulls that Helm 4 hands on and without any', () => {
    // Helm drops a null at the top of a subchart's values, and keeps one further down.
    expect(problems({ [key]: withoutNulls(defaults, 1) })).toEqual([]);
    expect(problems({ [key]: withoutNulls(defaults) })).toEqual([]);
  });

  test('allows no word that the chart’s own schema refuses', () => {
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
    .filter(([name]) => OURS.test(name))
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

  test('say of every property what it is, so that null is none', () => {
    const keywords = ['type', 'allOf', 'const', 'enum'];
    expect(offenders(properties, (schema) => !keywords.some((keyword) => keyword in schema))).toEqual([]);
    const nullable = offenders(nodes, (schema) => [schema['type']].flat().includes('null'));
    expect(nullable).toEqual(['JaegerChartIngress.pathType', 'JaegerChartJobAccount.name']);
  });

  test('use no keyword that refuses a part of what it accepts', () => {
    expect(offenders(nodes, (schema) => BANNED.some((keyword) => keyword in schema))).toEqual([]);
  });

  test('keep to patterns that Go understands', () => {
    expect(offenders(nodes, (schema) => /\(\?|\\[^.]/.test(String(schema['pattern'] ?? '')))).toEqual([]);
  });
});

/** What ajv says about values, with the words it would have taken. */
function problems(values: JsonObject): string[] {
  validate(values);
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  );
}

/** A schema below another one, by its keys. */
function at(schema: JsonObject, ...keys: string[]): JsonObject {
  return keys.reduce((node, key) => node[key] as JsonObject, schema);
}

/** A schema as the list of schemas that must all hold: itself, and what it refers to. */
function parts(schema: JsonObject): JsonObject[] {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return [schema, ...list(schema['allOf']).flatMap(parts)];
  if (PROGRAMS.includes(reference)) return [];
  return parts(at(root, ...reference.split('/').slice(1)));
}

/** The schema of a key, when there is one that says more than that the key is not to be used. */
function child(schema: JsonObject, key: string): JsonObject | undefined {
  const candidates = parts(schema).flatMap((part) => {
    const own = (part['properties'] as JsonObject | undefined)?.[key] ?? part['additionalProperties'];
    return isObject(own) ? [own] : [];
  });
  return candidates.find((candidate) => parts(candidate).every((part) => !('const' in part)));
}

/** Whether a schema takes any map. */
function isFreeForm(schema: JsonObject): boolean {
  return parts(schema).some(
    (part) => part['type'] === 'object' && !('properties' in part) && !('additionalProperties' in part),
  );
}

function unknownKeys(defaults: JsonObject, schema: JsonObject, path: string): string[] {
  if (isFreeForm(schema)) return [];
  return Object.entries(defaults).flatMap(([key, value]) => {
    const property = child(schema, key);
    if (property === undefined) return [`${path}.${key}`];
    return isObject(value) ? unknownKeys(value, property, `${path}.${key}`) : [];
  });
}

/** Defaults in the schema that are not upstream's at the same place, those in items of lists among them. */
function wrongDefaults(schema: JsonObject, upstream: Json | undefined, path: string): string[] {
  const keys = parts(schema).flatMap((part) => Object.keys((part['properties'] as JsonObject) ?? {}));
  const known = isObject(upstream) ? upstream : {};
  const below = [...new Set([...keys, ...Object.keys(known)])].flatMap((key) => {
    const property = child(schema, key);
    return property === undefined ? [] : wrongDefaults(property, known[key], `${path}.${key}`);
  });
  const items = parts(schema).flatMap((part) => (isObject(part['items']) ? [part['items']] : []));
  return [
    ...(isWrong(schema['default'], upstream) ? [`${path}: ${JSON.stringify(schema['default'])}`] : []),
    ...below,
    ...items.flatMap((item) => wrongDefaults(item, undefined, `${path}[]`)),
  ];
}

function isWrong(own: Json | undefined, upstream: Json | undefined): boolean {
  return own !== undefined && canonical(own) !== canonical(upstream ?? null);
}

/** Scalars and lists among upstream's defaults that no default in the schema says, here or further up. */
function missingDefaults(
  defaults: JsonObject,
  schema: JsonObject,
  path: string,
  said: JsonObject = {},
): string[] {
  return Object.entries(defaults).flatMap(([key, value]) => {
    const property = child(schema, key) ?? {};
    const own = property['default'] ?? said[key];
    if (isObject(value)) return missingDefaults(value, property, `${path}.${key}`, isObject(own) ? own : {});
    return value === null || own !== undefined ? [] : [`${path}.${key}`];
  });
}

/** The words that a schema allows at a path, `[]` in which are the items of a list. Sentences are no words. */
function enumAt(schema: JsonObject, path: string): Json[] | undefined {
  const target = path
    .replaceAll('[]', '.[]')
    .split('.')
    .reduce<JsonObject>((node, key) => (key === '[]' ? items(node) : child(node, key)) ?? {}, schema);
  return parts(target).flatMap((part) => (Array.isArray(part['enum']) ? [part['enum'] as Json[]] : []))[0];
}

function items(schema: JsonObject): JsonObject | undefined {
  return parts(schema)
    .map((part) => part['items'])
    .find(isObject);
}

/** A schema and all schemas in it, each with its path. */
function schemasIn(schema: JsonObject, path: string): { path: string; schema: JsonObject }[] {
  const named = ['properties', 'patternProperties'].flatMap((keyword) => children(schema, keyword));
  const more = ['items', 'additionalProperties'].flatMap((keyword) => {
    const value = schema[keyword];
    return isObject(value) ? [[keyword, value] as const] : [];
  });
  const all = list(schema['allOf']).map((part, index) => [`allOf[${index}]`, part] as const);
  return [
    { path, schema },
    ...[...named, ...more, ...all].flatMap(([key, value]) => schemasIn(value, `${path}.${key}`)),
  ];
}

function children(schema: JsonObject, keyword: string): [string, JsonObject][] {
  return Object.entries((schema[keyword] ?? {}) as Record<string, JsonObject>);
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A value as text that does not depend on the order of keys. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, node: Json) =>
    isObject(node) ? Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1))) : node,
  );
}

/** A map without its nulls, down to a depth. */
function withoutNulls(value: JsonObject, depth = Number.POSITIVE_INFINITY): JsonObject {
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(
    kept.map(([key, item]) => [key, isObject(item) && depth > 1 ? withoutNulls(item, depth - 1) : item]),
  );
}
