/** Runs a test whose cases are drawn with more of them than the level `helm` takes: `parity`, `soundness`. */
import { startVitest } from 'vitest/node';
import { run, UserError } from './run.mjs';

/** @type {Readonly<Record<string, string>>} */
const CASES = { parity: '2000', soundness: '1000' };

await run(import.meta.url, async ([name = '']) => {
  const cases = CASES[name];
  if (cases === undefined)
    throw new UserError(`Give the name of a test: ${Object.keys(CASES).join(' or ')}.`);
  process.env[`${name.toUpperCase()}_CASES`] ??= cases;
  // It sets the exit code itself.
  const vitest = await startVitest('test', [`test/helm/${name}.test.ts`], { run: true, project: 'helm' });
  await vitest.close();
});
