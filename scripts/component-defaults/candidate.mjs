import { isDeepStrictEqual } from 'node:util';

/** @import { Field } from '../../generator/render/component-fields.ts' */

/** What a program prints in place of a value that it does not show. */
const HIDDEN = '[REDACTED]';

/** What a program written in Go may have where nothing was written. A duration has no empty text. */
const ZEROS = /** @type {Record<string, readonly unknown[]>} */ ({
  string: ['', '0s'],
  boolean: [false],
  integer: [0],
  number: [0],
  array: [[]],
  object: [{}],
});

/**
 * What a field seems to be while it is not written; nothing where it seems to be nothing.
 *
 * @param {Field} field
 * @param {any} before what is printed while the field is not written
 * @param {any} after what is printed once it is, when it is a section
 * @param {string} folder of the program, which some defaults are in
 */
export function candidate({ path, schema, opened }, before, after, folder) {
  // Of a section that may be off, `enabled` is not printed: false would take the section away.
  const isSwitch = path.at(-1) === 'enabled' && before === undefined;
  const [type = '', ...others] = /** @type {string[]} */ ([schema['type']].flat());
  if (opened !== undefined && type === 'object') return isDeepStrictEqual(before, after) ? {} : undefined;
  if (before === undefined || before === null)
    return others.length > 0 || isSwitch ? undefined : ZEROS[type]?.find((zero) => accepts(schema, zero));
  const isUnlike = typeof before === 'object' && !Array.isArray(before) && type !== 'object';
  if (isUnlike || before === HIDDEN || JSON.stringify(before).includes(folder)) return undefined;
  // Levels are printed with a capital, and read in any case.
  const lower = typeof before === 'string' ? before.toLowerCase() : before;
  return [before, lower].filter((value) => accepts(schema, value)).map(short)[0];
}

/** @param {any} schema @param {any} value */
function accepts({ enum: words, pattern, minimum }, value) {
  if (words !== undefined && !words.includes(value)) return false;
  if (pattern !== undefined && !new RegExp(pattern).test(value)) return false;
  return minimum === undefined || value >= minimum;
}

/** A duration without the units that Go prints and nobody writes: `5m0s` is `5m`. @param {unknown} value */
function short(value) {
  if (typeof value !== 'string' || !/^(\d+h)?(\d+m)?\d+s$/.test(value)) return value;
  return value.replace(/(?<=m)0s$/, '').replace(/(?<=h)0m$/, '');
}
