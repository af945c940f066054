/**
 * Runs the levels of the tests, from the cheapest to the dearest, each to its end whatever the others found. The
 * dearest, which waits for a cluster most of its time, goes beside all but the first.
 */
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { $ as shell, tmpdir } from 'zx';
import { missingCharts } from '../scripts/charts.mjs';
import { backendsEnvironment } from './backends.mjs';
import { clusterEnvironment, takeDown } from './cluster.mjs';
import { readReport } from './report.mjs';

/** @typedef {import('./report.mjs').Report & { name: string, seconds: number }} Result */

const shown = shell({ nothrow: true, verbose: true, stdio: ['ignore', 'inherit', 'inherit'] });
const aside = shell({ nothrow: true, quiet: true, stdio: ['ignore', 'pipe', 'pipe'] });
/** Vitest leaves a core to who waits for it, and nobody does: of two it would take one. */
const ALL_CORES = [`--maxWorkers=${availableParallelism()}`];
const folder = tmpdir();
/** @type {Result[]} */
const results = [];

/**
 * A level that is one command: it passes or fails as a whole.
 * @param {string} name
 * @param {string[]} command
 */
async function whole(name, command) {
  const begin = Date.now();
  const { exitCode } = await shown`${command}`;
  const failures = exitCode === 0 ? [] : [`${command.join(' ')} ended with ${exitCode}`];
  const failed = failures.length;
  record(name, { passed: 1 - failed, failed, skipped: 0, failures, reasons: [] }, begin);
}

/**
 * A level of vitest: counts its tests.
 * @param {string} name
 * @param {string} script
 * @param {Record<string, string>} env
 * @param {typeof shown} $ what runs it
 * @param {string[]} args further ones of Vitest
 */
async function counted(name, script, env = {}, $ = shown, args = []) {
  const begin = Date.now();
  const report = join(folder, `${name}.json`);
  const all = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args];
  const environment = { ...process.env, ...env };
  const { exitCode, stdall } = await $({ env: environment })`npm run --silent ${script} -- ${all}`;
  if (stdall) console.log(stdall); // of a level that ran aside: in one piece
  record(name, await readReport(report, exitCode), begin);
}

/**
 * @param {string} name
 * @param {string} reason
 */
function skip(name, reason) {
  record(
    name,
    { passed: 0, failed: 0, skipped: 1, failures: [], reasons: [`all of it: ${reason}`] },
    Date.now(),
  );
}

/**
 * @param {string} name
 * @param {import('./report.mjs').Report} report
 * @param {number} begin
 */
function record(name, report, begin) {
  results.push({ name, ...report, seconds: Math.round((Date.now() - begin) / 1000) });
}

await counted('unit', 'test', {}, shown, ALL_CORES);
await shown`npm run --silent charts`;
const missing = await missingCharts();
const noCharts = `not vendored: ${missing.map(({ name, version }) => `${name} ${version}`).join(', ')}`;

const cluster = await clusterEnvironment();
const noCluster = missing.length > 0 ? noCharts : cluster.reason;
const e2e = noCluster ? undefined : counted('e2e', 'e2e', cluster.env, aside);

await whole('check', ['npm', 'run', '--silent', 'check']);
await whole('drift', ['npm', 'run', '--silent', 'generate', '--', '--check']);
await whole('workflows', ['node', 'scripts/lint-workflows.mjs']);
if (missing.length > 0) skip('lint', noCharts);
else await whole('lint', ['npm', 'run', '--silent', 'lint:chart']);
await counted('helm', 'test:helm', cluster.env, shown, ALL_CORES);
if (missing.length > 0) {
  skip('config', noCharts);
  skip('integration', noCharts);
} else {
  await counted('config', 'test:config', cluster.env);
  const backends = backendsEnvironment();
  if (backends.reason) skip('integration', backends.reason);
  else await counted('integration', 'test:integration', { ...cluster.env, ...backends.env });
}
if (noCluster) skip('e2e', noCluster);
await e2e;
await takeDown(cluster);
await rm(folder, { recursive: true });

console.log('');
for (const { name, seconds, failures, reasons } of results) {
  console.log(`${name} took ${seconds} s`);
  for (const reason of reasons) console.log(`  skipped, ${reason}`);
  for (const failure of failures) console.log(`  FAILED ${failure}`);
}
console.log('');
for (const { name, passed, failed, skipped } of results) {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
