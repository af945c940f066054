import { describe, expect, test } from 'vitest';
import { bundleSchemas, SchemaError } from '../../generator/render/bundle-schemas.ts';
import { PathConflictError } from '../../generator/render/chart-file.ts';
import { describe as descriptionOf } from '../../generator/render/describe.ts';
import { collect } from '../../generator/render/index.ts';
import { inlineDefinitions } from '../../generator/render/inline-definitions.ts';
import { publish } from '../../generator/render/publish-schema.ts';

describe('collect', () => {
  test('sorts by path and refuses two files at one', () => {
    const [a, b] = [
      { path: 'a', content: '1' },
      { path: 'b', content: '2' },
    ];
    expect(collect([b, a])).toEqual([a, b]);
    expect(() => collect([a, b, { ...a, content: '3' }])).toThrow(PathConflictError);
  });
});

describe('bundleSchemas', () => {
  const files = {
    'a.schema.json': {
      definitions: { A: { $ref: '#/definitions/Own' }, Own: { $ref: 'b.schema.json#/definitions/B' } },
    },
    'b.schema.json': {
      definitions: { B: { properties: { again: { $ref: 'a.schema.json#/definitions/A' } } }, Unused: {} },
    },
  };

  test('takes in what the root reaches, through files and circles, and nothing else', () => {
    expect(bundleSchemas({ items: { $ref: './x/a.schema.json#/definitions/A' } }, files)).toEqual({
      items: { $ref: '#/definitions/A' },
      definitions: {
        A: { $ref: '#/definitions/Own' },
        Own: { $ref: '#/definitions/B' },
        B: { properties: { again: { $ref: '#/definitions/A' } } },
      },
    });
  });

  test.each([
    [
      'a file that is not there',
      { $ref: 'c.schema.json#/definitions/A' },
      'cannot resolve the reference c.schema.json',
    ],
    [
      'a definition that is not there',
      { $ref: 'a.schema.json#/definitions/C' },
      'no schema file has the definition C',
    ],
    ['a path of another kind', { $ref: 'a.schema.json#/properties/A' }, 'cannot resolve the reference'],
    [
      'one name with two meanings',
      {
        allOf: [{ $ref: '#/definitions/A' }, { $ref: 'a.schema.json#/definitions/A' }],
        definitions: { A: {} },
      },
      'definition A stands in two schema files',
    ],
  ])('refuses %s', (_, root, message) => {
    expect(() => bundleSchemas(root, files)).toThrow(SchemaError);
    expect(() => bundleSchemas(root, files)).toThrow(message);
  });
});

describe('publish', () => {
  test('drops the hints for our types, and says each description once', () => {
    const allOf = [{ $ref: '#/definitions/A' }];
    expect(publish({ description: 'Write `a`.', tsType: 'A', items: { allOf } })).toEqual({
      description: 'Write `a`.',
      items: { $ref: '#/definitions/A' },
    });
  });

  test('keeps a property that is called description', () => {
    expect(publish({ properties: { description: { type: 'string' }, tsType: { type: 'string' } } })).toEqual({
      properties: { description: { type: 'string' }, tsType: { type: 'string' } },
    });
  });
});

describe('inlineDefinitions', () => {
  const reference = (name: string) => ({ $ref: `#/definitions/${name}` });

  test('puts what one place refers to there, under what that place says itself', () => {
    const properties = { once: { description: 'here', ...reference('Once') } };
    const definitions = {
      Once: { description: 'there', items: reference('Deeper') },
      Deeper: { type: 'string' },
    };
    expect(inlineDefinitions({ properties, definitions })).toEqual({
      properties: { once: { description: 'here', items: { type: 'string' } } },
    });
  });

  test('leaves what several refer to, and what leads back to itself', () => {
    const shared = { properties: { a: reference('Two'), b: reference('Two') } };
    const ring = { items: reference('Ring') };
    const schema = { ...shared, definitions: { Two: { type: 'string' }, Ring: ring } };
    expect(inlineDefinitions(schema)).toEqual(schema);
  });
});

describe('descriptionOf', () => {
  const schema = {
    properties: { a: { description: 'of a', allOf: [{ $ref: '#/definitions/A' }] } },
    definitions: {
      A: {
        properties: { known: { description: 'of known' } },
        patternProperties: { '^x(/.+)?$': { description: 'of x', $ref: '#/definitions/A' } },
        additionalProperties: { description: 'of any' },
      },
    },
  };

  test.each([
    [['a'], 'of a'],
    [['a', 'known'], 'of known'],
    [['a', 'x/1', 'known'], 'of known'],
    [['a', 'x'], 'of x'],
    [['a', 'other'], 'of any'],
    [['b'], undefined],
    [['a', 'known', 'deeper'], undefined],
    [[], undefined],
  ])('of %j is %j', (path, expected) => {
    expect(descriptionOf(schema, path)).toBe(expected);
  });
});
