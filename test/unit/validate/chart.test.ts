import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completed } from '../../../generator/features/index.ts';
import { baseValues, model, overlay, presets, values } from '../../../generator/index.ts';
import type { JsonObject } from '../../../generator/text/json.ts';
import { printYaml } from '../../../generator/text/yaml.ts';
import { contradictions } from '../../../generator/validate/rules/index.ts';
import { availabilityRefusals } from '../../helm/refusals/availability.ts';
import { baseRefusals } from '../../helm/refusals/base.ts';
import { collectorRefusals } from '../../helm/refusals/collector.ts';
import { queueRefusals } from '../../helm/refusals/queue.ts';
import { spaceliftRefusals } from '../../helm/refusals/spacelift.ts';
import { storageRefusals } from '../../helm/refusals/storage.ts';
import { wiringRefusals } from '../../helm/refusals/wiring.ts';
import { accepted, rejected } from '../../schema/verdicts.ts';
import { anyConfig } from '../../support/configurations.ts';
import { lines, said } from '../../support/judge.ts';

/** Files of the repository by their paths, and one more that is given here. */
const files = (paths: readonly string[] = [], extra?: string) => ({
  ...Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')])),
  ...(extra !== undefined && { 'mine.yaml': extra }),
});
const errors = (problems: readonly string[]) => problems.filter((line) => !line.includes(': warning: '));

describe('what Helm refuses, validate refuses with the same words', () => {
  const cases = [
    ...baseRefusals,
    ...storageRefusals,
    ...collectorRefusals,
    ...queueRefusals,
    ...availabilityRefusals,
    ...spaceliftRefusals,
    ...wiringRefusals,
  ].filter(({ release, values: given, presets: named }) => release === undefined && (given ?? named));

  test.each(cases)('$name', ({ presets: named, values: given, refusal, mended }) => {
    const text = said(files(named, given ?? '{}')).join('\n');
    const plain = (words: string) => words.replaceAll('value: "prod"', 'value: prod');
    // Where the chart offers two ways, one of them is enough here.
    const [whole, first = ''] = /^([\s\S]*?)(?:\. |:\n\n {4}--values|\n\nor )/.exec(refusal) ?? [
      refusal,
      refusal,
    ];
    expect(text).toContain(/\n\nor /.test(refusal) ? first : plain(refusal.replace(/\.$/, '')));
    expect(whole).not.toBe('');
    expect(errors(lines(files(named, mended.values)))).toEqual([]);
  });

  test.each(rejected.map(({ file }) => file))('%s', (file) => {
    expect(errors(lines(files([file])))).not.toEqual([]);
  });

  test.each(accepted)('and accepts what Helm accepts: %s', (file) => {
    expect(errors(lines(files([file])))).toEqual([]);
  });
});

describe('what the generator makes has no problem', () => {
  test.each(presets.map((preset) => [preset.name, preset] as const))('the preset %s', (_, preset) => {
    const paths = completed([preset]).map(({ name }) => `chart/presets/${name}.yaml`);
    expect(lines(files(paths))).toEqual([]);
  });

  test('any configuration, and not even a warning', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const given = overlay(config, model);
        expect(
          lines({ 'values.yaml': printYaml({ enabled: true, ...given } as unknown as JsonObject) }),
        ).toEqual([]);
        const subject = {
          values: values(config, model) as unknown as JsonObject,
          model,
          isGiven: () => false,
        };
        expect(contradictions(subject)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('the values of the chart, all of them', () => {
    expect(lines({ 'values.yaml': printYaml(baseValues(model) as unknown as JsonObject) })).toEqual([]);
  });
});
