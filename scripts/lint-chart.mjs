import { rm, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { $, tmpdir } from 'zx';
import { vendor } from './charts.mjs';
import { run, UserError } from './run.mjs';
import { chosenHelms, tool } from './tools.mjs';

const ROOT = join(import.meta.dirname, '..');

/**
 * Calls `action` with a PATH on which the programs that ct starts by name are the pinned ones.
 * @param {(path: string) => Promise<void>} action
 */
async function withTools(action) {
  const programs = { ct: 'ct', helm: `helm-${chosenHelms().at(-1)}`, yamllint: 'yamllint', yamale: 'yamale' };
  const folder = tmpdir();
  try {
    for (const [program, name] of Object.entries(programs)) {
      await symlink(await tool(name), join(folder, program));
    }
    await action([folder, process.env['PATH']].join(delimiter));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The arguments that choose the chart. On a pull request that changes it, ct also demands a higher version than
 * the target branch has; it does so only for charts that it has found to be changed itself.
 * @param {import('zx').Shell} quietly
 */
async function selection(quietly) {
  const branch = process.env['GITHUB_BASE_REF'];
  if (!branch || (await quietly({ nothrow: true })`git merge-base origin/${branch} HEAD`).exitCode !== 0) {
    console.error('There is no target branch to compare with: the version is not checked for an increment.');
    return ['--charts', 'chart'];
  }
  const target = ['--target-branch', branch];
  const changed = await quietly`ct list-changed --config ct.yaml ${target}`;
  return changed.stdout.trim() === '' ? ['--charts', 'chart'] : target;
}

await run(import.meta.url, async () => {
  await vendor();
  await withTools(async (PATH) => {
    const quietly = $({ cwd: ROOT, env: { ...process.env, PATH }, quiet: true });
    const chosen = await selection(quietly);
    const aloud = quietly({ nothrow: true, quiet: false, verbose: true });
    const { exitCode } = await aloud`ct lint --config ct.yaml ${chosen}`;
    if (exitCode !== 0) throw new UserError('The chart has the problems above.');
  });
});
