import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseValues, merge, model, overlay, presets } from '../../generator/index.ts';
import { isOfProgram, paths } from '../../generator/render/chart-defaults.ts';
import { expand, propertyAt } from '../../generator/render/describe.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';
import { sampledValues } from '../support/sampled-values.ts';
import { accepted, compileShipped, readValues } from './verdicts.ts';

const schema = JSON.parse(readFileSync('chart/values.schema.json', 'utf8')) as JsonObject;

/** Every schema in a schema, with its path; what only holds examples or defaults is none. */
function* subschemas(node: Json, path = '#'): Generator<[string, JsonObject]> {
  if (!isObject(node)) return;
  yield [path, node];
  for (const map of ['properties', 'patternProperties', 'definitions']) {
    for (const [key, child] of Object.entries((node[map] ?? {}) as JsonObject))
      yield* subschemas(child, `${path}/${map}/${key}`);
  }
  for (const one of ['additionalProperties', 'items']) yield* subschemas(node[one] ?? null, `${path}/${one}`);
  for (const [index, child] of ((node['allOf'] ?? []) as Json[]).entries())
    yield* subschemas(child, `${path}/allOf/${index}`);
}

const all = [...subschemas(schema)];
const offenders = (wrong: (node: JsonObject, path: string) => boolean) =>
  all.filter(([path, node]) => wrong(node, path)).map(([path]) => path);

describe('the shape of the schema', () => {
  test('is draft-07 and leads to itself alone', () => {
    expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    expect(
      offenders((node) => typeof node['$ref'] === 'string' && !/^#\/definitions\/\w+$/.test(node['$ref'])),
    ).toEqual([]);
  });

  test('has no name of its own, which no validator would read and two versions would share', () => {
    expect(offenders((node) => '$id' in node || 'id' in node)).toEqual([]);
  });

  test('offers no key that it refuses with a sentence', () => {
    const speaks = (node: JsonObject) => /"(const|enum)":[^}]*"[A-Z]{2}[^":]*: /.test(JSON.stringify(node));
    const offered = all.filter(([path]) => /\/properties\/[^/]+$/.test(path));
    const own = ({ properties: _, patternProperties: __, ...node }: JsonObject) => node;
    expect(offered.filter(([, node]) => speaks(own(node))).map(([path]) => path)).toEqual([]);
  });

  test('uses no keyword by which a part of an accepted file could be refused, or that Helms judge differently', () => {
    const banned = [
      'required',
      'minProperties',
      'minItems',
      'contains',
      'if',
      'then',
      'else',
      'not',
      'anyOf',
      'oneOf',
    ];
    const unequal = ['format', 'multipleOf', 'unevaluatedProperties', 'dependencies', 'tsType', 'nullable'];
    expect(offenders((node) => [...banned, ...unequal].some((keyword) => keyword in node))).toEqual([]);
  });

  test('is closed: an object lists its keys, or is a map of one kind, or is free on purpose', () => {
    const listed = (node: JsonObject) => 'properties' in node || 'patternProperties' in node;
    // Or it says of all other keys what they are: ports of one kind, or the sentence that refuses them.
    const closed = ({ additionalProperties: rest }: JsonObject) => rest === false || isObject(rest);
    expect(offenders((node) => listed(node) && !closed(node))).toEqual([]);
  });

  test('refuses null everywhere: each schema has a type, a constant, or a reference', () => {
    const typed = (node: JsonObject) =>
      ['type', 'const', 'enum', '$ref', 'allOf'].some((keyword) => keyword in node);
    expect(offenders((node) => !typed(node))).toEqual([]);
    // Two nulls stand in the defaults of the jaeger chart, and Helm judges defaults and values together.
    expect(offenders((node) => [node['type']].flat().includes('null'))).toEqual([
      '#/properties/jaeger/properties/jaeger/properties/ingress/properties/pathType',
      '#/definitions/JaegerChartJobAccount/properties/name',
    ]);
  });

  test('is small: what it costs in each run of Helm grows with it', () => {
    expect(readFileSync('chart/values.schema.json').byteLength).toBeLessThan(300_000);
  });

  test('has patterns that Go reads too', () => {
    const patterns = all.flatMap(([, node]) =>
      [node['pattern'] ?? [], Object.keys((node['patternProperties'] ?? {}) as object)].flat(),
    );
    expect(patterns.filter((pattern) => /\(\?[^:]|\\[u1-9]|\(\?<[=!]/.test(String(pattern)))).toEqual([]);
  });

  test('has the defaults that values.yaml has', () => {
    const base = baseValues(model) as unknown as JsonObject;
    const stated = paths(base).flatMap(([path, value]) => {
      const property = isOfProgram(path) ? undefined : propertyAt(schema, path);
      const { properties, default: said } = { ...expand(schema, property ?? {}), ...property };
      // What a section is by default, its keys say.
      return said === undefined || properties !== undefined ? [] : [[path.join('.'), said, value]];
    });
    expect(stated.length).toBeGreaterThan(50);
    for (const [path, stands, value] of stated) expect(stands, String(path)).toEqual(value);
  });

  test('is downward closed: every part of an accepted file is accepted', () => {
    const validate = compileShipped();
    const files: unknown[] = [
      ...accepted.map(readValues),
      ...presets.map(({ config }) => merge<object>(baseValues(model), overlay(config, model))),
    ];
    const sampled = fc
      .sample(sampledValues(schema), { seed: 1, numRuns: 40 })
      .filter((file) => validate(file));
    fc.assert(
      fc.property(
        fc.constantFrom(...files, ...sampled),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (file, luck) => {
          const part = prune(file as Json, () => (luck.next().value ?? 0) < 0.8);
          expect(validate(part) ? [] : validate.errors).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
  });
});

/** A part of a value: keys and items that `keep` decides on. */
function prune(value: Json, keep: () => boolean): Json {
  if (Array.isArray(value)) return value.filter(keep).map((item: Json) => prune(item, keep));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(keep);
  return Object.fromEntries(kept.map(([key, child]) => [key, prune(child, keep)]));
}
