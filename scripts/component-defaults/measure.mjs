import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { candidate } from './candidate.mjs';
import { at } from './configuration.mjs';
import { componentsOf, print, printOnce } from './print.mjs';

/**
 * @import { Component, Field } from '../../generator/render/component-fields.ts'
 * @import { Write } from './configuration.mjs'
 *
 * @typedef {{ field: Field, value: unknown }} Default
 */

/**
 * The default of each field: the value that can be written without changing what the program prints. It is there for a
 * section too, as `{}`, unless the section is off until it is written.
 *
 * @param {string} program path of a collector of any distribution, Jaeger among them
 * @param {readonly Component[]} all components; of those that the program does not have nothing is said
 * @returns {{ field: Field, value: unknown }[]} in the order of the fields; no value where there is no default
 */
export function printedDefaults(program, all) {
  const found = candidates(program, all);
  const leaves = found.filter(({ field, value }) => field.opened === undefined && value !== undefined);
  const proven = new Set(neutral(program, componentsIn(program, all), leaves));
  return found.map(({ field, value }) => {
    const isProven = field.opened !== undefined || proven.has(field);
    return { field, value: isProven ? value : undefined };
  });
}

/**
 * What each field seems to be while it is not written, by what is printed with everything around it written that has to
 * be there for it to exist. Of a section and of a list of sections it is certain.
 *
 * @param {string} program
 * @param {readonly Component[]} all
 */
export function candidates(program, all) {
  const components = componentsIn(program, all);
  const fields = components.flatMap((component) => component.fields);
  const depth = Math.max(...fields.map(({ path }) => path.length));
  const levels = Array.from({ length: depth + 1 }, (_, level) => {
    const open = fields.filter(({ path }) => path.length <= level).flatMap(opening);
    return print(program, [...components.map(plain), ...open]);
  });
  return fields.map((field) => {
    const level = field.path.length;
    const [before, after] = [at(levels[level - 1], field.path), at(levels[level], field.path)];
    return { field, value: candidate(field, before, after, dirname(program)) };
  });
}

/**
 * The fields for which a value changes something in what the program prints.
 *
 * @param {string} program
 * @param {readonly Component[]} all components
 * @param {readonly Default[]} written
 * @returns {Field[]}
 * @throws when the program cannot read one of the values
 */
export function changed(program, all, written) {
  const components = componentsIn(program, all);
  const around = [...components.map(plain), ...components.flatMap(({ fields }) => fields.flatMap(opening))];
  const before = printOnce(program, around);
  const after = print(program, [
    ...around,
    ...written.map(({ field, value }) => /** @type {Write} */ ([field.path, value])),
  ]);
  const text = (/** @type {any} */ value) => JSON.stringify(isEmptyMap(value) ? {} : value);
  return written
    .map(({ field }) => field)
    .filter(({ path, schema }) => {
      const [old, now] = [at(before, path), at(after, path)];
      if (at(before, path.slice(0, -1)) && !at(after, path.slice(0, -1))) return true;
      if (schema['type'] === 'object') return text(old) !== text(now);
      // A map in place of a value: the program does not print this one.
      return !isDeepStrictEqual(old, now) || isMap(now);
    });
}

/** @param {any} value */
const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A map without entries is printed in many ways, and means the same in all of them. @param {any} value */
const isEmptyMap = (value) => (value ?? null) === null || Object.keys(value).length === 0;

/** @param {string} program @param {readonly Component[]} all */
function componentsIn(program, all) {
  const known = componentsOf(program);
  return all.filter(({ path: [kind, type] }) => kind === 'service' || known.has(`${kind}.${type}`));
}

/** @param {Component} component @returns {Write} */
const plain = ({ path }) => [path, {}];

/** @param {Field} field @returns {Write[]} */
const opening = ({ path, opened }) => (opened === undefined ? [] : [[path, opened]]);

/**
 * The fields whose value changes nothing. Values that a program cannot read are found by halves.
 * @param {string} program
 * @param {readonly Component[]} components
 * @param {readonly Default[]} written
 * @returns {Field[]}
 */
function neutral(program, components, written) {
  try {
    const others = new Set(changed(program, components, written));
    return written.map(({ field }) => field).filter((field) => !others.has(field));
  } catch {
    if (written.length === 1) return [];
    const middle = written.length >> 1;
    const halves = [written.slice(0, middle), written.slice(middle)];
    return halves.flatMap((half) => neutral(program, components, half));
  }
}
