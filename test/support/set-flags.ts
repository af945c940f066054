import type { Json, JsonObject } from '../../generator/text/json.ts';

/** One `--set name=value`, or `--set-string`, over the values of a file, and what comes of it; nothing where Helm ends with an error. */
export interface SetFlag {
  readonly name: string;
  readonly value: string;
  readonly asString?: true;
  readonly below?: JsonObject;
  readonly becomes?: JsonObject;
}

const flag = (name: string, value: string, becomes?: JsonObject, below?: JsonObject): SetFlag => ({
  name,
  value,
  ...(becomes && { becomes }),
  ...(below && { below }),
});

const typed = (value: string, becomes: Json) => flag('a', value, { a: becomes });
const text = (value: string, becomes: Json): SetFlag => ({ ...typed(value, becomes), asString: true });

/** What `--set` takes, and what it does not: Helm judges it the same way in the tests of the level `helm`. */
export const setFlags: readonly SetFlag[] = [
  typed('x', 'x'),
  typed('', ''),
  typed('TRUE', true),
  typed('False', false),
  typed('Null', null),
  typed('0', 0),
  typed('-0', 0),
  typed('05', '05'),
  typed('-12', -12),
  typed('+5', 5),
  typed('1.5', '1.5'),
  typed('1e3', '1e3'),
  typed('9223372036854775808', '9223372036854775808'),
  typed('x=y', 'x=y'),
  typed('x\\,y', 'x,y'),
  typed('x\\\\y', 'x\\y'),
  typed('x\\', 'x'),
  typed('{}', ['']),
  typed('{,}', ['', '']),
  typed('{1,true,null,x}', [1, true, null, 'x']),
  typed('{x\\,y,\\}}', ['x,y', '}']),
  typed('ä😀', 'ä😀'),
  text('true', 'true'),
  text('5', '5'),
  text('{1,x}', ['1', 'x']),
  flag('a', '{x'),
  flag('a', '{'),
  flag('a', '{x}y'),
  flag('a', 'x,y'),
  flag('a.b', '1', { a: { b: 1 } }),
  flag('a\\.b/c.d', '1', { 'a.b/c': { d: 1 } }),
  flag('ä😀.b', '1', { 'ä😀': { b: 1 } }),
  flag('a[1].b', 'x', { a: [null, { b: 'x' }] }),
  flag('a.b[0][1]', '2', { a: { b: [[null, 2]] } }),
  flag('a[x]', '1'),
  flag('a[-1]', '1'),
  flag('a[65537]', '1'),
  flag('a[0]b', '1'),
  flag('a..b', '1'),
  flag('a.', '1'),
  flag('a,b', '1'),
  flag('l[1].z', '3', { l: [{ x: 1 }, { w: 2, z: 3 }] }, { l: [{ x: 1 }, { w: 2 }] }),
  flag('l[2]', 'x', { l: [1, null, 'x'] }, { l: [1] }),
  flag('l[0].x', '1', { l: [{ x: 1 }, 'b'] }, { l: ['a', 'b'] }),
  flag('l[0].x', '1', { l: [{ x: 1 }] }, { l: [null] }),
  flag('l[0][0]', '1', { l: [[1]] }, { l: [null] }),
  flag('m', '1', { m: 1 }, { m: { k: 'v' } }),
  flag('m.k', 'null', { m: { k: null, l: 1 } }, { m: { k: 'v', l: 1 } }),
  flag('m.l', '1', { m: { k: 'v', l: 1 } }, { m: { k: 'v' } }),
  flag('m.k.z', '1', undefined, { m: { k: 'v' } }),
  flag('m[0]', '1', undefined, { m: { k: 'v' } }),
  flag('m.k', '1', undefined, { m: null }),
  flag('l.x', '1', undefined, { l: [1] }),
  flag('l[0][0]', '1', undefined, { l: [{ x: 1 }] }),
];
