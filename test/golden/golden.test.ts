import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadConfig, merge, model, overlay, presets, renderChart, values } from '../../generator/index.ts';
import { checkChart } from '../../generator/sink/check.ts';
import { printYaml } from '../../generator/text/yaml.ts';

const cases = readdirSync('test/golden', { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('golden values', () => {
  test.each(cases.map(({ name }) => name))('%s', async (name) => {
    const file = `test/golden/${name}/config.yaml`;
    const made = overlay(loadConfig(readFileSync(file, 'utf8'), file), model);
    await expect(printYaml(made as never)).toMatchFileSnapshot(`${name}/values.yaml`);
  });
});

describe('the chart in the repository', () => {
  const files = renderChart(model);

  test('is what the generator makes', () => {
    checkChart('chart', files, 'npm run generate');
  });

  test('is made alike every time', () => {
    expect(renderChart(model)).toEqual(files);
  });

  test('comes of functions that leave their inputs alone', () => {
    const frozen = freeze(structuredClone(model));
    const configs = presets.map(({ config }) => freeze(structuredClone(config)));
    for (const config of configs) expect(() => merge(values(config, frozen), overlay(config, frozen))).not.toThrow();
    expect(() => renderChart(frozen)).not.toThrow();
  });

  test('ends every file with one newline, and has no trailing blanks', () => {
    const untidy = files.filter(({ content }) => !/[^\n]\n$/.test(content) || /[ \t]\n/.test(content));
    expect(untidy.map(({ path }) => path)).toEqual([]);
  });
});

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
