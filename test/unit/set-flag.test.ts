import { describe, expect, test } from 'vitest';
import { setAt, setPath, setValue } from '../../generator/values/set-flag.ts';
import { setFlags } from '../support/set-flags.ts';

describe('--set', () => {
  test.each(setFlags)(
    '$name=$value over $below',
    ({ name, value, asString = false, below = {}, becomes }) => {
      const before = JSON.stringify(below);
      const path = setPath(name);
      const set = setValue(value, asString);
      const values = typeof path === 'string' || set === undefined ? undefined : setAt(below, path, set);
      expect(values).toEqual(becomes);
      expect(JSON.stringify(below)).toBe(before);
    },
  );

  // Helm takes these and sets nothing, the last one since Helm 4.
  test.each([
    ['', 'a key is missing in it'],
    ['.b', 'a key is missing in it'],
    ['[0]', 'a key is missing in it'],
    ['a[0', '"[" cannot stand there; write a backslash before it'],
  ])('what is no name is an error: %j', (name, message) => {
    expect(setPath(name)).toBe(message);
  });

  test('a key may have the name of what every object has', () => {
    const values = setAt({}, ['__proto__', 'x'], 1);
    expect(JSON.stringify(values)).toBe('{"__proto__":{"x":1}}');
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });
});
