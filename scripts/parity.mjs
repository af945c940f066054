/** Runs the test of parity with more cases than the level `helm` takes. */
import { startVitest } from 'vitest/node';
import { run } from './run.mjs';

const CASES = '2000';

await run(import.meta.url, async () => {
  process.env['PARITY_CASES'] ??= CASES;
  // It sets the exit code itself.
  const vitest = await startVitest('test', ['test/helm/parity.test.ts'], { run: true, project: 'helm' });
  await vitest.close();
});
