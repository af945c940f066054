import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortKeys } from '../../generator/render/offered-keys.ts';

const DEAD = { const: 'REMOVED: write new instead' };
const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    new: { type: 'integer' },
    old: DEAD,
    'old.key': DEAD,
    unread: { enum: ['', 'NOT READ: write new instead'], default: '' },
    ignored: { $ref: '#/definitions/Ignored' },
    ring: { $ref: '#/definitions/Ring' },
  },
  patternProperties: {
    '^otlp(/.+)?$': { type: 'integer' },
    '^(batch|filter)(/.+)?$': { $ref: '#/definitions/Ring' },
    '^zipkin(/.+)?$': DEAD,
    '^x-': { type: 'integer' },
  },
  definitions: {
    Ignored: {
      type: 'object',
      properties: { list: { type: 'array', items: DEAD } },
      additionalProperties: DEAD,
    },
    Ring: {
      type: 'object',
      additionalProperties: false,
      properties: { again: { $ref: '#/definitions/Ring' }, old: DEAD },
    },
  },
};
const sorted = sortKeys(schema);

describe('sortKeys', () => {
  test('offers what can be written, and recognises what is refused with a sentence', () => {
    expect(Object.keys(sorted['properties'] ?? {})).toEqual(['new', 'ring', 'otlp', 'batch', 'filter']);
    expect(Object.keys(sorted['patternProperties'] ?? {})).toEqual([
      '^otlp/.+$',
      '^(batch|filter)/.+$',
      '^zipkin(/.+)?$',
      '^x-',
      '^old$',
      '^old\\.key$',
      '^unread$',
      '^ignored$',
    ]);
    expect(sorted['definitions']).toMatchObject({
      Ring: { properties: { again: {} }, patternProperties: { '^old$': DEAD } },
    });
  });

  test('changes no verdict', () => {
    const ajv = new Ajv({ strict: false });
    const [before, after] = [ajv.compile(schema), ajv.compile(sorted)];
    const names = ['new', 'old', 'old.key', 'oldxkey', 'unread', 'ignored', 'ring', 'again', 'list'];
    const ids = ['otlp', 'batch', 'filter', 'zipkin'].flatMap((type) => [
      type,
      `${type}/a`,
      `${type}/`,
      `x-${type}`,
    ]);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(1, '', DEAD.const, {}, []),
        fc.array(tie('value'), { maxLength: 2 }),
        fc.dictionary(fc.constantFrom(...names, ...ids), tie('value'), { maxKeys: 2 }),
      ),
    }));
    const seen = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(value, (values) => {
        const verdict = before(values);
        seen[verdict ? 'right' : 'wrong']++;
        expect(after(values)).toBe(verdict);
      }),
      { numRuns: 2000, seed: 1 },
    );
    expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(100);
  });
});
