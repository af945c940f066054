/**
 * Makes schema/upstream/ out of the pinned charts: what their values are by default, and which words their schemas
 * allow where they allow a few only. Tests hold schema/values/ to these facts.
 *
 * With --check changes nothing, and fails when a file differs.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { $ as shell } from 'zx';
import { CACHE } from './cache.mjs';
import { run, UserError } from './run.mjs';

/** @typedef {{ name: string, version: string }} Dependency */
/** @typedef {null | boolean | number | string | Json[] | { [key: string]: Json }} Json */
/** @typedef {Record<string, Json>} JsonObject */

const $ = shell({ quiet: true, nothrow: true });
const ROOT = join(import.meta.dirname, '..');
const FOLDER = join('schema', 'upstream');

/** Where archives of the charts are looked for, in this order. */
const ARCHIVES = [
  join(ROOT, 'chart', 'charts'),
  process.env['SPACELIFT_TELEMETRY_CHARTS'] || join(CACHE, 'charts'),
];

/** @param {Dependency} dependency */
async function facts(dependency) {
  const { name, version } = dependency;
  const archive = find(dependency);
  const chart = parse(await content(archive, `${name}/Chart.yaml`));
  if (chart.version !== version) throw new UserError(`${archive} is version ${chart.version} of ${name}.`);
  const schema = await content(archive, `${name}/values.schema.json`).catch(() => undefined);
  return {
    $comment: `Made by \`npm run upstream\` from ${name} ${version}. Do not edit.`,
    chart: name,
    version,
    appVersion: String(chart.appVersion),
    defaults: sorted(parse(await content(archive, `${name}/values.yaml`), { version: '1.1' })),
    enums: sorted(Object.fromEntries(schema === undefined ? [] : enums(JSON.parse(schema)))),
  };
}

/** @param {Dependency} dependency */
function find({ name, version }) {
  const found = ARCHIVES.map((folder) => join(folder, `${name}-${version}.tgz`)).find(existsSync);
  if (found === undefined)
    throw new UserError(`There is no archive of ${name} ${version}: run \`npm run charts\`.`);
  return found;
}

/**
 * @param {string} archive
 * @param {string} path of a file in it
 */
async function content(archive, path) {
  const { exitCode, stdout, stderr } = await $`tar -xzOf ${archive} ${path}`;
  if (exitCode !== 0) throw new UserError(`${path} cannot be read from ${archive}: ${stderr.trim()}`);
  return stdout;
}

/**
 * Every place where a schema allows a few words only: its path, `[]` for the items of a list, and the words.
 * @param {JsonObject} schema
 * @param {string} [path]
 * @returns {[string, Json][]}
 */
function enums(schema, path = '') {
  const own = /** @type {[string, Json][]} */ (schema['enum'] === undefined ? [] : [[path, schema['enum']]]);
  const properties = Object.entries(/** @type {Record<string, JsonObject>} */ (schema['properties'] ?? {}));
  const items = /** @type {JsonObject} */ (schema['items'] ?? {});
  return [
    ...own,
    ...properties.flatMap(([key, child]) => enums(child, path === '' ? key : `${path}.${key}`)),
    ...(Object.keys(items).length > 0 ? enums(items, `${path}[]`) : []),
  ];
}

/**
 * The same value with the keys of every map in alphabetical order.
 * @param {Json} value
 * @returns {Json}
 */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
}

await run(import.meta.url, async (args) => {
  const chart = parse(await readFile(join(ROOT, 'chart', 'Chart.yaml'), 'utf8'));
  await mkdir(join(ROOT, FOLDER), { recursive: true });
  for (const dependency of /** @type {Dependency[]} */ (chart.dependencies)) {
    const file = join(FOLDER, `${dependency.name}.json`);
    const text = `${JSON.stringify(await facts(dependency), null, 2)}\n`;
    if ((await readFile(join(ROOT, file), 'utf8').catch(() => undefined)) === text) continue;
    if (args.includes('--check'))
      throw new UserError(`${file} differs from the pinned chart; run: npm run upstream`);
    await writeFile(join(ROOT, file), text);
    console.error(`wrote ${file}`);
  }
});
