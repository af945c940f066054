import { beforeAll, describe, expect, test } from 'vitest';
import { accepted, rejected } from '../schema/verdicts.ts';
import { type RenderableChart, renderableChart } from '../support/chart.ts';
import { chosenHelms, helm } from '../support/helm.ts';

let chart: RenderableChart;
beforeAll(async () => {
  chart = await renderableChart();
});

/** A JSON pointer as each line of Helm words it: 3.17 with dots, the others as it is. */
function places(pointer: string): string[] {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/'));
  return [keys.length === 0 ? '(root)' : keys.join('.'), `'${pointer}'`];
}

/** Helm's own words for null where a map belongs. */
const NULL = /got null, want object|Expected: object, given: null/;

describe.each(chosenHelms())('helm %s', (version) => {
  const render = (file: string) => helm(version, ['template', 'test', chart.folder, '--values', file]);

  test.each(accepted)('accepts %s', async (file) => {
    expect(await render(file)).toMatchObject({ code: 0, stderr: '' });
  });

  test.each(rejected)('refuses $file with the place and what to write', async ({ file, pointer, words }) => {
    const { code, stdout, stderr } = await render(file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(
      places(pointer).some((place) => stderr.includes(place)),
      stderr,
    ).toBe(true);
    if (words === 'null') expect(stderr).toMatch(NULL);
    else expect(stderr).toContain(words);
  });
});
