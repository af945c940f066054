import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { create, list } from 'tar';
import { parse } from 'yaml';
import { $ as shell } from 'zx';
import { UserError } from './run.mjs';
import { tool } from './tools.mjs';

/**
 * A packaged chart: `file` is where it lies, `digest` the sum of its bytes, by which a registry calls its layer.
 * @typedef {{ name: string, version: string, file: string, digest: string }} ChartArchive
 */

const $ = shell({ nothrow: true, quiet: true });

/** The time of every entry: equal files give equal bytes, whatever the clock says. No zip can hold an earlier one. */
const ENTRY_TIME = new Date('1980-01-01T00:00:00Z');

/**
 * Packages a chart: its files as they are, the archives of its dependencies too.
 *
 * `helm package` would not do. It writes Chart.yaml and Chart.lock anew, without our comments, and takes the dependencies
 * apart, so that nobody can compare them with what their projects have published; and before Helm 4.3, which heeds
 * SOURCE_DATE_EPOCH, no two of its archives are equal. But what belongs into a chart is Helm's to say.
 * @param {string} chart the chart's folder, with its dependencies
 * @param {string} folder where the archive and what it is made from are put
 * @returns {Promise<ChartArchive>}
 */
export async function packChart(chart, folder) {
  const { name, version, dependencies = [] } = parse(await readFile(join(chart, 'Chart.yaml'), 'utf8'));
  const archives = dependencies.map(
    (/** @type {{ name: string, version: string }} */ dependency) =>
      `charts/${dependency.name}-${dependency.version}.tgz`,
  );
  const files = [...(await chosenByHelm(chart, join(folder, 'helm'))), ...archives].sort();
  for (const path of files) await take(join(chart, path), join(folder, 'files', name, path));

  const file = join(folder, `${name}-${version}.tgz`);
  const entries = files.map((path) => `${name}/${path}`);
  // `portable` leaves out owners and the system's name.
  const settings = { cwd: join(folder, 'files'), portable: true, mtime: ENTRY_TIME, gzip: { level: 9 } };
  await create({ ...settings, file }, entries);
  return { name, version, file, digest: await digestOf(file) };
}

/**
 * The sum of a file's bytes, as a registry writes it.
 * @param {string} file
 */
export async function digestOf(file) {
  return `sha256:${createHash('sha256')
    .update(await readFile(file))
    .digest('hex')}`;
}

/**
 * Paths of the files that Helm takes into a package, by the rules of .helmignore; without those of dependencies.
 * @param {string} chart
 * @param {string} folder
 */
async function chosenByHelm(chart, folder) {
  const { exitCode, stderr } = await $`${await tool('helm-4.3')} package ${chart} --destination ${folder}`;
  if (exitCode !== 0) throw new UserError(`Helm cannot package the chart:\n${stderr.trim()}`);
  const [archive = ''] = await readdir(folder);
  /** @type {string[]} */
  const paths = [];
  await list({ file: join(folder, archive), onReadEntry: ({ path }) => paths.push(withoutRoot(path)) });
  return paths.filter((path) => !path.startsWith('charts/'));
}

/** @param {string} path */
const withoutRoot = (path) => path.slice(path.indexOf('/') + 1);

/**
 * Copies a file, with the rights that it has in the archive whatever the umask of a clone.
 * @param {string} from
 * @param {string} to
 */
async function take(from, to) {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, 0o644);
}
