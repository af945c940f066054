import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';

const schema = JSON.parse(readFileSync('chart/values.schema.json', 'utf8')) as JsonObject;
const ajv = new Ajv({ inlineRefs: false, allowUnionTypes: true, strict: false, schemas: { values: schema } });

/** Every schema in a schema, with its JSON pointer. */
function* subschemas(node: Json | undefined, pointer = '#'): Generator<[string, JsonObject]> {
  if (!isObject(node)) return;
  yield [pointer, node];
  for (const map of ['properties', 'patternProperties', 'definitions']) {
    for (const [key, child] of Object.entries((node[map] ?? {}) as JsonObject))
      yield* subschemas(child, `${pointer}/${map}/${escaped(key)}`);
  }
  for (const one of ['additionalProperties', 'items']) yield* subschemas(node[one], `${pointer}/${one}`);
}

const escaped = (key: string) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

/** What the schema at a pointer refuses of values that it states itself. */
function refused(keyword: 'default' | 'examples'): string[] {
  return [...subschemas(schema)].flatMap(([pointer, node]) => {
    const stated = keyword === 'default' ? [node['default']] : ((node['examples'] ?? []) as Json[]);
    // Any object may be empty, and to compile all that is in it takes a while.
    const values = stated.filter((value) => value !== undefined && JSON.stringify(value) !== '{}');
    if (values.length === 0) return [];
    // What stands beside a reference, draft-07 does not read.
    const validate = ajv.compile({ $ref: `values${pointer}` });
    return values.filter((value) => !validate(value)).map((value) => `${pointer}: ${JSON.stringify(value)}`);
  });
}

describe('what the schema states of its keys', () => {
  test('are defaults that it accepts', () => {
    expect(refused('default')).toEqual([]);
  });

  test('are examples that it accepts', () => {
    expect(refused('examples')).toEqual([]);
  });

  test('is no example that is the default already', () => {
    const same = [...subschemas(schema)].filter(([, node]) =>
      ((node['examples'] ?? []) as Json[]).some(
        (example) => JSON.stringify(example) === JSON.stringify(node['default']),
      ),
    );
    expect(same.map(([pointer]) => pointer)).toEqual([]);
  });
});
