import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROJECT } from '../../generator/config/pins.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { releaseProblems } from '../../scripts/release-version.mjs';

describe('the address of the project', () => {
  test('is the same for npm', () => {
    expect(packageJson).toMatchObject({
      repository: { type: 'git', url: `git+${PROJECT.repository}.git` },
      bugs: { url: `${PROJECT.repository}/issues` },
      homepage: `${PROJECT.repository}#readme`,
    });
  });

  test('is where the release pushes the chart, to a registry that it has logged in to', () => {
    const workflow = readFileSync('.github/workflows/release.yml', 'utf8');
    const [, pushed] = /npm run publish:chart -- (\S+)$/m.exec(workflow) ?? [];
    const [, loggedIn] = /registry login (\S+)/.exec(workflow) ?? [];
    expect(pushed).toBe(PROJECT.charts);
    expect(loggedIn).toBe(new URL(PROJECT.charts).host);
  });
});

test('the npm package brings nothing with it, and can be had by everybody with its provenance', () => {
  expect(packageJson).not.toHaveProperty('dependencies');
  expect(packageJson.publishConfig).toEqual({ access: 'public', provenance: true });
});

test('workflows run actions of their own folder, or by commit with the version beside it', () => {
  const files = readdirSync('.github', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yml'),
  );
  const uses = files.flatMap((path) => readFileSync(`.github/${path}`, 'utf8').match(/uses: .*/g) ?? []);
  expect(uses.length).toBeGreaterThan(0);
  expect(uses.filter((use) => !/^uses: (\.\/\S+|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(use))).toEqual(
    [],
  );
});

describe('a tag is released', () => {
  const texts = {
    packageJson: '{"version": "1.2.3"}',
    chartYaml: 'version: 1.2.3\n',
    changelog: '# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-01-02\n',
  };

  test('when it is the version everywhere', () => {
    expect(releaseProblems('v1.2.3', texts)).toEqual([]);
  });

  test.each([
    [
      'v1.2.4',
      {},
      [
        'package.json has the version 1.2.3',
        'chart/Chart.yaml has',
        'CHANGELOG.md has no section "## 1.2.4 ',
      ],
    ],
    ['1.2.3', {}, ['the tag would be v1.2.3', 'the tag would be v1.2.3']],
    ['v1.2.3', { chartYaml: 'version: 1.2.2\n' }, ['chart/Chart.yaml has the version 1.2.2']],
    ['v1.2.3', { packageJson: '{"version": "1.2.2"}' }, ['package.json has the version 1.2.2']],
    ['v1.2.3', { changelog: '## Unreleased\n' }, ['CHANGELOG.md has no section "## 1.2.3 - DATE"']],
  ])('but not %s with %j', (tag, change, problems) => {
    const found = releaseProblems(tag, { ...texts, ...change });
    expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });
});
