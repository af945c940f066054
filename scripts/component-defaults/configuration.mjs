/** @typedef {readonly [path: readonly string[], value: unknown]} Write */

/** As `ITEM` of generator/render/component-fields.ts. */
const ITEM = '[]';

/**
 * A configuration of a program with the given values in it. Where two writes are at one place the first one holds, so
 * that a section stays what it was opened as.
 * @param {readonly Write[]} writes
 */
export function configuration(writes) {
  /** @type {any} */
  const config = { service: { pipelines: {} } };
  for (const [path, value] of writes) {
    const parent = path.slice(0, -1).reduce((node, key) => {
      node[index(key)] ??= {};
      return node[index(key)];
    }, config);
    parent[index(path.at(-1) ?? '')] ??= structuredClone(value);
  }
  return config;
}

/**
 * The value at a path.
 * @param {any} tree
 * @param {readonly string[]} path
 * @returns {any}
 */
export const at = (tree, path) => path.reduce((node, key) => node?.[index(key)], tree);

/** @param {string} key */
const index = (key) => (key === ITEM ? 0 : key);
