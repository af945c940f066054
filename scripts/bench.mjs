import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';
import { HELM_VERSIONS, tool } from './tools.mjs';

const ROUNDS = 21;

/** @typedef {{ wall: number, cpu: number | undefined }} Cost in milliseconds */

/**
 * What a run of each program costs, by runs taken in turn: a busy machine slows all of them alike, so the ratio holds
 * where the milliseconds do not. It is that of the time computed, where the system says it: others add little to it.
 */
await run(import.meta.url, async () => {
  const bare = chartWithoutSchema();
  const costs = measure({
    'node -e 0': [process.execPath, '-e', '0'],
    'node dist/cli.js generate --check': [process.execPath, 'dist/cli.js', 'generate', '--check'],
    'node dist/cli.js generate': [process.execPath, 'dist/cli.js', 'generate'],
    ...(await templates('chart', '')),
    ...(await templates(bare, ', no schema')),
  });
  rmSync(bare, { recursive: true });
  for (const [name, all] of Object.entries(costs)) {
    const [wall, cpu] = [median(all.map((cost) => cost.wall)), mean(all.map(computed))];
    console.log(`${inMilliseconds(wall)} ms, computing ${inMilliseconds(cpu)} ms  ${name}  (${ROUNDS} runs)`);
  }
  for (const version of HELM_VERSIONS) {
    const [full = 0, none = 1] = ['', ', no schema'].map((kind) =>
      mean((costs[`helm ${version} template${kind}`] ?? []).map(computed)),
    );
    console.log(`helm ${version}: the schema costs ${(full / none).toFixed(2)} times a run without it`);
  }
});

/** The chart with a schema that says nothing: what is left is what a render costs anyway. */
function chartWithoutSchema() {
  const folder = mkdtempSync(join(tmpdir(), 'spacelift-telemetry-'));
  cpSync('chart', folder, { recursive: true });
  writeFileSync(join(folder, 'values.schema.json'), '{"$schema": "http://json-schema.org/draft-07/schema#"}');
  return folder;
}

/** @param {string} chart @param {string} kind @returns {Promise<Record<string, string[]>>} */
async function templates(chart, kind) {
  const commands = HELM_VERSIONS.map(async (version) => [
    `helm ${version} template${kind}`,
    [await tool(`helm-${version}`), 'template', chart],
  ]);
  return Object.fromEntries(await Promise.all(commands));
}

/** @param {Record<string, string[]>} commands */
function measure(commands) {
  /** @type {Record<string, Cost[]>} */
  const costs = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, [program = '', ...args]] of Object.entries(commands)) {
      const [begin, before] = [performance.now(), computedByChildren()];
      execFileSync(program, args, { stdio: 'ignore' });
      const [wall, after] = [performance.now() - begin, computedByChildren()];
      const cpu = before === undefined || after === undefined ? undefined : after - before;
      costs[name] = [...(costs[name] ?? []), { wall, cpu }];
    }
  }
  return costs;
}

/** What all ended children of this process computed, in milliseconds; only Linux says it, in ticks of 10 ms. */
function computedByChildren() {
  if (process.platform !== 'linux') return undefined;
  // The name of the program, in parentheses, may have spaces; `cutime` is the 14th word after it, `cstime` the next.
  const words = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(words[13]) + Number(words[14])) * 10;
}

/** @param {Cost} cost */
function computed({ wall, cpu }) {
  return cpu ?? wall;
}

/** @param {number} value */
function inMilliseconds(value) {
  return String(Math.round(value)).padStart(5);
}

/** Of times that are counted in ticks, which a median would round. @param {number[]} all */
function mean(all) {
  return all.reduce((sum, time) => sum + time, 0) / all.length;
}

/** @param {number[]} all */
function median(all) {
  return all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
}
