import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chartRules } from '../../generator/validate/rules/index.ts';
import { oldestAndNewest } from '../support/helm.ts';
import { said } from '../support/judge.ts';
import { comeToNobody, refusedByPrograms } from '../support/refused-by-programs.ts';
import { renderer } from './refusals/run.ts';

/** Rules of the chart that need the cluster or the release, which `validate` has not. */
const ONLY_IN_HELM = ['releaseName', 'releaseNamespace', 'oneReleaseInNamespace', 'sleepHook'];

/** The words of all others are held by `refusals`, which both levels are asked. */
const cases = [...refusedByPrograms, ...comeToNobody];

/** What `validate` refuses of values, each as its sentence up to where it says what to write. */
function sentences(files: Readonly<Record<string, string>>): string[] {
  return said(files)
    .filter((problem) => !problem.includes(': warning: '))
    .map((problem) => {
      const [line = ''] = problem.split('\n');
      const message = line.replace(/^\S+:\d+:\d+: (\/\S+: )?/, '');
      return message.replace(/(; did you mean .*|[.,;] (Write|Define|Add|Put|Leave|write) .*|[.:])$/, '');
    });
}

/** How many things Helm refuses: each begins a paragraph that is no YAML. */
const paragraphs = (stderr: string) =>
  stderr
    .split('\n\n')
    .slice(1)
    .filter((paragraph) => /^[A-Za-z]/.test(paragraph) && !/^or /.test(paragraph)).length;

test('every validation of the chart is a rule of validate by the same name, in the same order', () => {
  const template = readFileSync('generator/templates/_validations.tpl', 'utf8');
  const [, list = ''] = /range list\s+((?:"\w+"\s+)+)-/.exec(template) ?? [];
  const names = [...list.matchAll(/"(\w+)"/g)].map(([, name = '']) => name);
  expect(names.filter((name) => !ONLY_IN_HELM.includes(name))).toEqual(chartRules.map(({ name }) => name));
});

describe.each(oldestAndNewest())('helm %s', (version) => {
  const render = renderer(version);

  test.each(cases)('and validate refuse the same: %s', async (_, files) => {
    const expected = sentences(files);
    const { code, stderr } = await render('test', [], Object.values(files).join(''));
    expect(code).toBe(1);
    expect(expected).not.toEqual([]);
    for (const sentence of expected) expect(stderr).toContain(sentence);
    expect(paragraphs(stderr)).toBe(expected.length);
  });
});
