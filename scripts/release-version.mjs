import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { run, UserError } from './run.mjs';

/**
 * What keeps a tag from being released, one sentence each.
 * @param {string} tag `v1.2.3`
 * @param {{ packageJson: string, chartYaml: string, changelog: string }} texts
 */
export function releaseProblems(tag, { packageJson, chartYaml, changelog }) {
  const version = tag.replace(/^v/, '');
  const problems = [];
  for (const [file, found] of [
    ['package.json', JSON.parse(packageJson).version],
    ['chart/Chart.yaml', parse(chartYaml).version],
  ]) {
    if (tag !== `v${found}`) problems.push(`${file} has the version ${found}: the tag would be v${found}.`);
  }
  if (!changelog.split('\n').some((line) => line.startsWith(`## ${version} - `)))
    problems.push(`CHANGELOG.md has no section "## ${version} - DATE".`);
  return problems;
}

await run(import.meta.url, async ([tag = '']) => {
  const [packageJson = '', chartYaml = '', changelog = ''] = await Promise.all(
    ['package.json', 'chart/Chart.yaml', 'CHANGELOG.md'].map((file) => readFile(file, 'utf8')),
  );
  const problems = releaseProblems(tag, { packageJson, chartYaml, changelog });
  if (problems.length > 0) throw new UserError([`${tag} cannot be released.`, ...problems].join('\n'));
});
