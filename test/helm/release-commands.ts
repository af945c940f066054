import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { model } from '../../generator/model.ts';
import { targetOf } from '../../scripts/publish-chart.mjs';
import { temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm } from '../support/helm.ts';
import { ProjectCopy } from '../support/project-copy.ts';

/** What proves the commands of a release, for which there is no registry and no forge here. */
export const releaseProofs: readonly [RegExp, ((command: string) => unknown)[]][] = [
  [/^npm version /, [raisesVersion]],
  [/^git (tag|push origin) v\d+\.\d+\.\d+$/, [releases]],
  [/^helm registry login \S+$/, [isKnownToHelm]],
  // What it does then is in publish.test.ts.
  [/^npm run publish:chart -- /, [(command) => targetOf(command.split(' ').slice(4))]],
];

const raised = temporaryFolder();

/** The version of package.json and its lock is another, and the chart's follows. */
async function raisesVersion(command: string) {
  const copy = new ProjectCopy(raised);
  const [program = '', ...args] = command.split(' ');
  await copy.run(program, ...args);
  await copy.run('npm', 'run', '--silent', 'generate');
  const [own, locked, chartYaml] = ['package.json', 'package-lock.json', 'chart/Chart.yaml'].map((file) =>
    parse(readFileSync(join(copy.folder, file), 'utf8')),
  );
  expect(own.version).not.toBe(model.chart.version);
  expect([locked.version, chartYaml.version]).toEqual([own.version, own.version]);
}

/** The workflow takes the tag for a release. */
function releases() {
  expect(parse(readFileSync('.github/workflows/release.yml', 'utf8')).on).toEqual({ push: { tags: ['v*'] } });
}

/** Helm has the command, of which a person answers the questions. */
async function isKnownToHelm(command: string) {
  const [version = '4.3'] = chosenHelms().toReversed();
  const { code, stdout } = await helm(version, [...command.split(' ').slice(1), '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('helm registry login [host] [flags]');
}
