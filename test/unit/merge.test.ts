import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merge } from '../../generator/values/merge.ts';

const json = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 3 }));

describe('merge', () => {
  test('goes into maps and replaces lists and scalars', () => {
    expect(merge<object>({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] }, d: { e: 1 } })).toEqual({
      a: { b: 1, c: [3] },
      d: { e: 1 },
    });
  });

  test('keeps everything that the overlay says, and changes neither argument', () => {
    fc.assert(
      fc.property(json, json, (base, overlay) => {
        const before = JSON.stringify([base, overlay]);
        expect(merge<object>(base, overlay)).toMatchObject(overlay);
        expect(merge<object>(merge<object>(base, overlay), overlay)).toEqual(merge<object>(base, overlay));
        expect(JSON.stringify([base, overlay])).toBe(before);
      }),
    );
  });
});
