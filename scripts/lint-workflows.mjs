import { $ } from 'zx';
import { run, UserError } from './run.mjs';
import { tool } from './tools.mjs';

await run(import.meta.url, async () => {
  const [actionlint, shellcheck] = [await tool('actionlint'), await tool('shellcheck')];
  const { exitCode } = await $({
    nothrow: true,
    verbose: true,
  })`${actionlint} -color -shellcheck ${shellcheck}`;
  if (exitCode !== 0) throw new UserError('The workflows in .github have the problems above.');
});
