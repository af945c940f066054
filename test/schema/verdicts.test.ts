import { describe, expect, test } from 'vitest';
import { baseValues, merge, model, overlay, presets } from '../../generator/index.ts';
import { accepted, compileShipped, readValues, rejected, wording } from './verdicts.ts';

const validate = compileShipped();
const base: object = baseValues(model);

/** What ajv says of values laid over the base, which is what Helm judges. */
function verdict(values: object): string[] {
  return validate(merge(base, values)) ? [] : (validate.errors ?? []).map(wording);
}

describe('the schema of the values', () => {
  test('accepts the base and every preset, alone and merged', () => {
    for (const values of [{}, base, ...presets.map(({ config }) => overlay(config, model))]) {
      expect(verdict(values)).toEqual([]);
      expect(validate(values)).toBe(true);
    }
  });

  test.each(accepted)('accepts %s', (file) => {
    expect(verdict(readValues(file))).toEqual([]);
  });

  test.each(rejected)('refuses $file', ({ file, pointer, words }) => {
    const problems = verdict(readValues(file));
    expect(problems.filter((problem) => problem.startsWith(`${pointer}: `)).join('\n')).toContain(
      words === 'null' ? 'must be object' : words,
    );
    expect(problems.filter((problem) => !problem.startsWith(pointer))).toEqual([]);
  });
});
