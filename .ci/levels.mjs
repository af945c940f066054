/** Runs the levels of the tests, from the cheapest to the dearest, each to its end whatever the others found. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { $ as shell, tmpdir } from 'zx';
import { missingCharts } from '../scripts/charts.mjs';
import { backendsEnvironment } from './backends.mjs';
import { clusterEnvironment, takeDown } from './cluster.mjs';

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, reason?: string, seconds: number }} Result */

const $ = shell({ nothrow: true, verbose: true, stdio: ['ignore', 'inherit', 'inherit'] });
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
  const { exitCode } = await $`${command}`;
  const failed = exitCode === 0 ? 0 : 1;
  results.push({ name, passed: 1 - failed, failed, skipped: 0, seconds: (Date.now() - begin) / 1000 });
}

/**
 * A level of vitest: counts its tests.
 * @param {string} name
 * @param {string} script
 * @param {Record<string, string>} env
 */
async function counted(name, script, env = {}) {
  const begin = Date.now();
  const report = join(folder, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { exitCode } = await $({
    env: { ...process.env, ...env },
  })`npm run --silent ${script} -- ${reporters}`;
  const text = await readFile(report, 'utf8').catch(() => '{}');
  const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests: skipped = 0 } = JSON.parse(text);
  // A suite that breaks before its first test fails without a test of its own.
  const failed = numFailedTests === 0 && exitCode !== 0 ? 1 : numFailedTests;
  results.push({ name, passed, failed, skipped, seconds: (Date.now() - begin) / 1000 });
}

/**
 * @param {string} name
 * @param {string} reason
 */
function skip(name, reason) {
  results.push({ name, passed: 0, failed: 0, skipped: 1, reason, seconds: 0 });
}

await counted('unit', 'test');
await whole('check', ['npm', 'run', '--silent', 'check']);
await whole('drift', ['npm', 'run', '--silent', 'generate', '--', '--check']);
await whole('workflows', ['node', 'scripts/lint-workflows.mjs']);

await $`npm run --silent charts`;
const missing = await missingCharts();
const noCharts = `not vendored: ${missing.map(({ name, version }) => `${name} ${version}`).join(', ')}`;
if (missing.length > 0) skip('lint', noCharts);
else await whole('lint', ['npm', 'run', '--silent', 'lint:chart']);

const cluster = await clusterEnvironment();
await counted('helm', 'test:helm', cluster.env);
if (missing.length > 0) {
  skip('config', noCharts);
  skip('integration', noCharts);
  skip('e2e', noCharts);
} else {
  await counted('config', 'test:config', cluster.env);
  const backends = backendsEnvironment();
  if (backends.reason) skip('integration', backends.reason);
  else await counted('integration', 'test:integration', { ...cluster.env, ...backends.env });
  if (cluster.reason) skip('e2e', cluster.reason);
  else await counted('e2e', 'e2e', cluster.env);
}
await takeDown(cluster);
await rm(folder, { recursive: true });

console.log('');
for (const { name, seconds, reason } of results) {
  if (reason) console.log(`${name} was skipped, because it is ${reason}`);
  else console.log(`${name} took ${Math.round(seconds)} s`);
}
console.log('');
for (const { name, passed, failed, skipped } of results) {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
}
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
