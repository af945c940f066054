/**
 * Counts what a schema of values tells a person: for ours, and for any other that is named, so that charts can be
 * compared by one measure.
 *
 *     node scripts/schema-numbers.mjs [values.schema.json ...]
 */
import { readFileSync } from 'node:fs';
import { run } from './run.mjs';

/** A description shorter than this says no more than the name of its key. */
const SHORTEST = 20;

/** @typedef {{ [keyword: string]: any }} Schema */

/**
 * What a property refers to speaks for it where it says nothing itself, as it does in an editor.
 *
 * @param {Schema} schema
 * @returns {{ key: string, schema: Schema }[]} every property and every kind of key; none that stands there to be refused
 */
export function properties(schema) {
  const found = [];
  for (const node of nodes(schema)) {
    for (const map of [node['properties'], node['patternProperties']]) {
      const entries = Object.entries(map ?? {}).filter(([key, property]) => !isRefused(key, property));
      found.push(...entries.map(([key, property]) => ({ key, schema: resolve(schema, property) })));
    }
  }
  return found;
}

/**
 * Figures of a schema. The shares are of its properties; a text that stands at several properties counts once.
 * @param {Schema} schema
 */
export function numbers(schema) {
  const all = properties(schema);
  const texts = all.map(({ key, schema }) => ({ key, text: String(schema['description'] ?? '') }));
  const good = texts.filter(({ key, text }) => text.length >= SHORTEST && !repeats(key, text));
  const has = (/** @type {string} */ keyword) => all.filter(({ schema }) => keyword in schema).length;
  return {
    properties: all.length,
    closed: nodes(schema).filter((node) => node['additionalProperties'] === false).length,
    described: texts.filter(({ text }) => text !== '').length,
    helpful: good.length,
    unique: new Set(good.map(({ text }) => text)).size,
    defaults: has('default'),
    examples: has('examples'),
  };
}

/** @param {Schema} schema @param {Schema} node @returns {Schema} */
function resolve(schema, { $ref, ...own }) {
  if ($ref === undefined) return own;
  const target = $ref
    .split('/')
    .slice(1)
    .reduce((/** @type {Schema} */ inner, /** @type {string} */ key) => inner[key], schema);
  return { ...resolve(schema, target), ...own };
}

/** A sentence instead of a value, or a pattern of one name alone: a key that has nothing but such sentences in it. */
const isRefused = (/** @type {string} */ key, /** @type {Schema} */ property) =>
  typeof property['const'] === 'string' || /^\^[\w\\.-]+\$$/.test(key);

/** @param {Schema} node @returns {Schema[]} */
function nodes(node) {
  if (typeof node !== 'object' || node === null) return [];
  const maps = ['properties', 'patternProperties', 'definitions', '$defs'].map((map) => node[map] ?? {});
  const alive = maps.flatMap(Object.entries).filter(([key, child]) => !isRefused(key, child));
  const children = [...alive.map(([, child]) => child), node['additionalProperties'], node['items']];
  const parts = ['allOf', 'anyOf', 'oneOf', 'then', 'else'].flatMap((keyword) => node[keyword] ?? []);
  return [node, ...[...children, ...parts].flatMap(nodes)];
}

/** Whether a text has no letter that is not in the key. @param {string} key @param {string} text */
function repeats(key, text) {
  const letters = (/** @type {string} */ words) => words.toLowerCase().replaceAll(/[^a-z]|^the /g, '');
  return letters(text) === letters(key);
}

await run(import.meta.url, async (files) => {
  for (const file of files.length > 0 ? files : ['chart/values.schema.json']) {
    const { properties, closed, ...counts } = numbers(JSON.parse(readFileSync(file, 'utf8')));
    const shares = Object.entries(counts).map(
      ([name, count]) => `${count} ${name} (${((100 * count) / properties).toFixed(1)} %)`,
    );
    console.log(`${file}: ${properties} properties, ${closed} closed objects, ${shares.join(', ')}`);
  }
});
