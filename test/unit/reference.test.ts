import { describe, expect, test } from 'vitest';
import { baseValues } from '../../generator/features/index.ts';
import { model } from '../../generator/model.ts';
import { paths } from '../../generator/render/chart-defaults.ts';
import { readme } from '../../generator/render/readme.ts';
import { rowAt, rowsBelow } from '../../generator/render/reference.ts';
import type { JsonObject } from '../../generator/text/json.ts';

const schema: JsonObject = {
  properties: {
    hook: { description: 'Pods.', allOf: [{ $ref: '#/definitions/HookValues' }] },
    pods: { description: 'Of others.', $ref: '#/definitions/Theirs' },
    image: { $ref: '#/definitions/Theirs', default: { tag: 'v1' } },
  },
  definitions: {
    HookValues: {
      properties: {
        mode: { description: 'On | off.', enum: ['on', 'off'], default: 'on' },
        seconds: { type: 'integer', minimum: 1, maximum: 9 },
        names: { type: 'array', items: { type: 'string' } },
        old: { const: 'REMOVED' },
      },
    },
    Theirs: { type: 'object', properties: { tag: { type: 'string' } } },
  },
};

describe('the reference', () => {
  test('has a row for each key of our own, with type, default and description', () => {
    expect(rowsBelow(schema, { hook: { mode: 'off' } }, ['hook'])).toEqual([
      { key: 'hook.mode', type: '`on`, `off`', default: '`"off"`', description: 'On \\| off.' },
      { key: 'hook.seconds', type: 'integer, 1 to 9', default: '', description: '' },
      { key: 'hook.names', type: 'list of strings', default: '', description: '' },
    ]);
  });

  test("has one row for what is Kubernetes' or a subchart's", () => {
    expect(rowsBelow(schema, {}, ['pods'])).toEqual([
      { key: 'pods', type: 'map', default: '', description: 'Of others.' },
    ]);
  });

  test('finds a default in that of a map around it, and leaves a long one to values.yaml', () => {
    expect(rowAt(schema, {}, ['image', 'tag']).default).toBe('`"v1"`');
    expect(rowAt(schema, { image: { tag: 'v'.repeat(99) } }, ['image', 'tag']).default).toBe(
      'in `values.yaml`',
    );
  });

  test.each([rowAt, rowsBelow])('names a key that the schema does not have', (rows) => {
    expect(() => rows(schema, {}, ['hook', 'mood'])).toThrow('the schema has no hook.mood');
  });
});

test("the chart's README has every key of our own sections, or the map that it is in", () => {
  const [file] = readme(model);
  const listed = [...(file?.content ?? '').matchAll(/^\| `([\w.]+)` \|/gm)].map(([, key]) => key ?? '');
  const own = Object.entries(baseValues(model)).filter(([key]) => !['jaeger', 'otelcol'].includes(key));
  const keys = paths(Object.fromEntries(own) as unknown as JsonObject).map(([path]) => path.join('.'));
  const isListed = (key: string) =>
    listed.some(
      (row) => row === key || row.startsWith(`${key}.`) || (row.includes('.') && key.startsWith(`${row}.`)),
    );
  expect(keys.filter((key) => !isListed(key))).toEqual([]);
  expect(listed.filter((key, index) => listed.indexOf(key) !== index)).toEqual([]);
  expect(keys.length).toBeGreaterThan(20);
});
