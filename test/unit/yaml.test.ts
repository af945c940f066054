import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { printYaml } from '../../generator/text/yaml.ts';

describe('printYaml', () => {
  test('quotes what a reader of YAML 1.1, and so Helm, would take for something else', () => {
    expect(printYaml({ on: 'yes', a: '0123', b: 'n', c: '1_000' })).toBe(
      '"on": "yes"\n\na: "0123"\n\nb: "n"\n\nc: "1_000"\n'.replaceAll('\n\n', '\n'),
    );
  });

  test('never folds a line', () => {
    const long = 'word '.repeat(100).trim();
    expect(printYaml({ long })).toBe(`long: ${long}\n`);
  });

  test('puts comments above their keys, at their depth, and none below a list', () => {
    const seen: string[] = [];
    const text = printYaml({ a: { b: 1 }, c: [{ d: 1 }] }, (path) => {
      seen.push(path.join('.'));
      return path.join('.') === 'a.b' ? 'what b is' : undefined;
    });
    expect(text).toContain('a:\n  # what b is\n  b: 1\n');
    expect(seen).toEqual(['a', 'a.b', 'c']);
  });

  test('wraps a long comment at 100 columns', () => {
    const text = printYaml({ a: 1 }, () => 'word '.repeat(60).trim());
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(102);
    expect(text.match(/word/g)).toHaveLength(60);
  });

  test('gives back what went in, with comments or without', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(value, (object) => {
        const plain = JSON.parse(JSON.stringify(object));
        expect(parse(printYaml(plain), { version: '1.1' })).toEqual(plain);
        expect(
          parse(
            printYaml(plain, () => 'a comment # with: things'),
            { version: '1.1' },
          ),
        ).toEqual(plain);
      }),
    );
  });
});
