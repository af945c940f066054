import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';
import { HELM_VERSIONS, tool } from './tools.mjs';

const ROUNDS = 21;

/**
 * Whole-process times side by side, as medians of runs taken in turn: a busy machine slows all of them alike, so
 * the ratio holds where the milliseconds do not.
 */
await run(import.meta.url, async () => {
  const bare = chartWithoutSchema();
  const times = measure({
    'node -e 0': [process.execPath, '-e', '0'],
    'node dist/cli.js generate --check': [process.execPath, 'dist/cli.js', 'generate', '--check'],
    'node dist/cli.js generate': [process.execPath, 'dist/cli.js', 'generate'],
    ...(await templates('chart', '')),
    ...(await templates(bare, ', no schema')),
  });
  rmSync(bare, { recursive: true });
  for (const [name, all] of Object.entries(times)) {
    const sorted = all.toSorted((a, b) => a - b);
    const [least, most] = [sorted[0], sorted.at(-1)].map((ms) => Math.round(ms ?? 0));
    console.log(
      `${String(Math.round(median(all))).padStart(5)} ms  ${name}  (${least} to ${most} ms, ${ROUNDS} runs)`,
    );
  }
  for (const version of HELM_VERSIONS) {
    const [full, none] = ['', ', no schema'].map((kind) =>
      median(times[`helm ${version} template${kind}`] ?? []),
    );
    console.log(
      `helm ${version}: the schema costs ${((full ?? 0) / (none ?? 1)).toFixed(2)} times a run without it`,
    );
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
  /** @type {Record<string, number[]>} */
  const times = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, [program = '', ...args]] of Object.entries(commands)) {
      const begin = performance.now();
      execFileSync(program, args, { stdio: 'ignore' });
      times[name] = [...(times[name] ?? []), performance.now() - begin];
    }
  }
  return times;
}

/** @param {number[]} all */
function median(all) {
  return all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0;
}
