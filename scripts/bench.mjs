import { execFileSync } from 'node:child_process';
import { run } from './run.mjs';
import { tool } from './tools.mjs';

const ROUNDS = 21;

/**
 * Whole-process times side by side, as medians of runs taken in turn: a busy machine slows all of them alike, so
 * the ratio holds where the milliseconds do not.
 */
await run(import.meta.url, async () => {
  const commands = {
    'node -e 0': [process.execPath, '-e', '0'],
    'node dist/cli.js generate --check': [process.execPath, 'dist/cli.js', 'generate', '--check'],
    'node dist/cli.js generate': [process.execPath, 'dist/cli.js', 'generate'],
    'helm 3.22 template chart': [await tool('helm-3.22'), 'template', 'chart'],
    'helm 4.3 template chart': [await tool('helm-4.3'), 'template', 'chart'],
  };
  /** @type {Record<string, number[]>} */
  const times = {};
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, [program = '', ...args]] of Object.entries(commands)) {
      const begin = performance.now();
      execFileSync(program, args, { stdio: 'ignore' });
      times[name] = [...(times[name] ?? []), performance.now() - begin];
    }
  }
  for (const [name, all] of Object.entries(times)) {
    const sorted = all.toSorted((a, b) => a - b);
    const [least, median, most] = [sorted[0], sorted[ROUNDS >> 1], sorted.at(-1)].map((ms) =>
      Math.round(ms ?? 0),
    );
    console.log(`${String(median).padStart(5)} ms  ${name}  (${least} to ${most} ms, ${ROUNDS} runs)`);
  }
});
