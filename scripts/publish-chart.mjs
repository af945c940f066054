import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { $ as shell, tmpdir } from 'zx';
import { digestOf, packChart } from './chart-archive.mjs';
import { requireCharts } from './charts.mjs';
import { run, UserError } from './run.mjs';
import { tool } from './tools.mjs';

/** @import { ChartArchive } from './chart-archive.mjs' */

const ROOT = join(import.meta.dirname, '..');
const CHART = join(ROOT, 'chart');
const USAGE = `Usage: npm run publish:chart -- oci://HOST/PATH [--plain-http]
The chart's own name comes behind PATH. Log in first: helm registry login HOST`;

const $ = shell({ cwd: ROOT, nothrow: true, quiet: true });

/**
 * A path of a registry, and how Helm gets there.
 * @typedef {{ address: string, flags: string[] }} Target
 */

/**
 * Reads the command line.
 * @param {string[]} args
 * @returns {Target}
 */
export function targetOf(args) {
  const { values, positionals } = parseArgs({
    args,
    options: { 'plain-http': { type: 'boolean' } },
    allowPositionals: true,
  });
  const [address, ...others] = positionals;
  if (address === undefined || others.length > 0) throw new UserError(USAGE);
  // Not repeated in the message: what stands before an @ can be a password.
  if (address.includes('@')) throw new UserError(`An address holds no name and no password.\n${USAGE}`);
  if (!/^oci:\/\/[\w.-]+(:\d+)?(\/[\w.-]+)*\/?$/.test(address))
    throw new UserError(`"${address}" is no address of a registry.\n${USAGE}`);
  return { address: address.replace(/\/$/, ''), flags: values['plain-http'] ? ['--plain-http'] : [] };
}

/** What is published is what the sources make, and can be found again by its commit. */
async function requireCommittedChart() {
  const drift = await $`npm run --silent generate -- --check`;
  if (drift.exitCode !== 0)
    throw new UserError(`${drift.stderr.trim()}\nRun \`npm run generate\`, and commit what it changes.`);
  const status = await $`git status --porcelain -- chart`;
  if (status.exitCode !== 0)
    throw new UserError(`The chart is published from a clone: ${status.stderr.trim()}`);
  if (status.stdout !== '')
    throw new UserError(
      `In chart/ are changes that no commit has:\n${status.stdout}Commit or discard them first.`,
    );
}

/**
 * The chart of this name and version that the registry has.
 * @param {Target} target
 * @param {ChartArchive} archive
 * @param {string} folder
 * @returns {Promise<{ manifest: string, layer: string } | undefined>}
 */
async function published({ address, flags }, { name, version }, folder) {
  const helm = await tool('helm-4.3');
  const where = ['--version', version, '--destination', folder];
  const pull = await $`${helm} pull ${`${address}/${name}`} ${where} ${flags}`;
  if (pull.exitCode === 0)
    return {
      manifest: manifestIn(pull.stdout),
      layer: await digestOf(join(folder, `${name}-${version}.tgz`)),
    };
  if (pull.stderr.trimEnd().endsWith(': not found')) return undefined;
  throw new UserError(
    `Whether ${address} has ${name} ${version} cannot be seen:\n${pull.stderr.trim()}\n${USAGE}`,
  );
}

/**
 * Pushes the archive. Helm writes the time of its file into the manifest, in the time zone of the machine
 * (pkg/pusher/ocipusher.go in Helm 4.3.1): with the commit's, in UTC, one commit has one manifest.
 * @param {Target} target
 * @param {ChartArchive} archive
 * @returns {Promise<string>} the manifest's digest
 */
async function push({ address, flags }, { file }) {
  const time = Number((await $`git log -1 --format=%ct`).stdout);
  await utimes(file, time, time);
  const inUtc = $({ env: { ...process.env, TZ: 'UTC' } });
  const pushed = await inUtc`${await tool('helm-4.3')} push ${file} ${address} ${flags}`;
  if (pushed.exitCode !== 0)
    throw new UserError(`${address} does not take the chart:\n${pushed.stderr.trim()}\n${USAGE}`);
  return manifestIn(pushed.stdout);
}

/** @param {string} output what Helm prints after a pull or a push */
function manifestIn(output) {
  const digest = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(output)?.[1];
  if (digest === undefined) throw new Error(`no digest in what Helm printed: ${output}`);
  return digest;
}

/**
 * Pushes the archive unless the registry has it. A tag can be moved, so a version that is there with other content is
 * refused; with the same it is done already, so that a release that broke off later can be run again. The layer is
 * compared and not the manifest, which has the time of the push when another program pushed it. Two that push at the same
 * moment are not kept apart: registries know no push that only creates.
 * @param {Target} target
 * @param {ChartArchive} archive
 * @param {string} folder
 */
async function publish(target, archive, folder) {
  const reference = `${target.address}/${archive.name}:${archive.version}`;
  const there = await published(target, archive, folder);
  if (there !== undefined && there.layer !== archive.digest)
    throw new UserError(
      `${reference} is there already, with other content: ${there.layer}, and this chart is ${archive.digest}.\n` +
        'A version that is out is never changed: raise `version` in package.json, run `npm run generate`, and commit.',
    );
  const manifest = there?.manifest ?? (await push(target, archive));
  console.log(`${there ? 'Already there, with the same content' : 'Pushed'}: ${reference}`);
  console.log(`Digest: ${manifest}\nArchive: ${archive.digest}`);
}

await run(import.meta.url, async (args) => {
  const target = targetOf(args);
  await requireCommittedChart();
  await requireCharts();
  const folder = tmpdir();
  try {
    await publish(target, await packChart(CHART, join(folder, 'packed')), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
});
