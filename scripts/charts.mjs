import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { $ as shell, tmpdir, which } from 'zx';
import { CACHE } from './cache.mjs';
import { run, UserError } from './run.mjs';
import { tool } from './tools.mjs';

/** @typedef {{ name: string, version: string, repository: string }} Dependency */

const $ = shell({ quiet: true });
const CHART = join(import.meta.dirname, '..', 'chart');

/** The folder of packaged charts that is asked before the network. */
const PACKAGED = process.env['SPACELIFT_TELEMETRY_CHARTS'] || join(CACHE, 'charts');

/** @param {Dependency} dependency */
const archive = ({ name, version }) => `${name}-${version}.tgz`;

/**
 * The dependencies of the chart that are not in its `charts/` folder.
 * @param {string} [chart] the chart's folder
 */
export async function missingCharts(chart = CHART) {
  const missing = [];
  for (const dependency of await dependencies(chart)) {
    if (!(await holds(join(chart, 'charts', archive(dependency)), dependency))) missing.push(dependency);
  }
  return missing;
}

/**
 * Refuses a chart that is without one of its dependencies.
 * @param {string} [chart] the chart's folder
 */
export async function requireCharts(chart = CHART) {
  const missing = await missingCharts(chart);
  if (missing.length > 0) throw new UserError(sentence(missing));
}

/**
 * Puts the dependencies of the chart into its `charts/` folder, and removes archives that are none.
 * @param {string} [chart] the chart's folder
 */
export async function vendor(chart = CHART) {
  const folder = join(chart, 'charts');
  const wanted = (await dependencies(chart)).map(archive);
  await mkdir(folder, { recursive: true });
  await removeOthers(folder, wanted);
  for (const dependency of await missingCharts(chart)) {
    const source = (await packaged(dependency)) ?? (await pulled(dependency));
    if (source !== undefined) await place(source, folder, archive(dependency));
  }
  await requireCharts(chart);
}

/**
 * @param {string} chart
 * @returns {Promise<Dependency[]>}
 */
async function dependencies(chart) {
  const file = join(chart, 'Chart.yaml');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new UserError(`${file} cannot be read: run \`npm run generate\` first.`);
  return parse(text).dependencies ?? [];
}

/** A Helm for charts as they are: any will do, so the one that a person has comes first. */
const anyHelm = async () => (await which('helm', { nothrow: true })) || tool('helm-3.17');

/**
 * Whether a file is a chart that Helm can load, of this name and version: a file's name proves nothing.
 * @param {string} file
 * @param {Dependency} dependency
 */
async function holds(file, { name, version }) {
  const { exitCode, stdout } = await $({ nothrow: true })`${await anyHelm()} show chart ${file}`;
  if (exitCode !== 0) return false;
  const chart = parse(stdout);
  return chart?.name === name && chart?.version === version;
}

/**
 * @param {string} folder
 * @param {string[]} wanted
 */
async function removeOthers(folder, wanted) {
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.tgz') || wanted.includes(file)) continue;
    await rm(join(folder, file));
    console.error(`removed ${file}: the chart does not depend on it`);
  }
}

/** @param {Dependency} dependency */
async function packaged(dependency) {
  const file = join(PACKAGED, archive(dependency));
  return (await holds(file, dependency)) ? file : undefined;
}

/** @param {Dependency} dependency */
async function pulled(dependency) {
  const { name, version, repository } = dependency;
  const folder = tmpdir();
  try {
    const arguments_ = [name, '--repo', repository, '--version', version, '--destination', folder];
    const { exitCode, stderr } = await $({ nothrow: true })`${await anyHelm()} pull ${arguments_}`;
    if (exitCode !== 0) console.error(stderr.trim());
    const file = join(folder, archive(dependency));
    if (exitCode !== 0 || !(await holds(file, dependency))) return undefined;
    await mkdir(PACKAGED, { recursive: true });
    return await place(file, PACKAGED, archive(dependency));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Copies a file so that nobody finds a part of it.
 * @param {string} file
 * @param {string} folder
 * @param {string} name
 */
async function place(file, folder, name) {
  const path = join(folder, name);
  await copyFile(file, `${path}.${process.pid}`);
  await rename(`${path}.${process.pid}`, path);
  console.error(`${path} (from ${file})`);
  return path;
}

/** @param {Dependency[]} missing */
function sentence(missing) {
  const names = missing.map(({ name, version }) => `${name} ${version}`).join(', ');
  const repositories = missing.map(({ repository }) => repository).join(' and ');
  return [
    `Not in the chart's charts/ folder: ${names}.`,
    `Run \`npm run charts\` where ${repositories} can be reached,`,
    `or put ${missing.map(archive).join(' and ')} into ${PACKAGED} (SPACELIFT_TELEMETRY_CHARTS names another folder) and run it again.`,
  ].join('\n');
}

await run(import.meta.url, async (args) => {
  const options = /** @type {const} */ ({ check: { type: 'boolean' } });
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  await (values.check ? requireCharts : vendor)(positionals[0]);
});
