import { expect } from 'vitest';
import { loadConfig, model, values } from '../../generator/index.ts';
import { migrate } from '../../generator/migrate/index.ts';
import type { JsonObject } from '../../generator/text/json.ts';
import { printYaml } from '../../generator/text/yaml.ts';
import { merge } from '../../generator/values/merge.ts';
import { lines } from './judge.ts';

/** What files become, and what is said of them, each as a line. */
export function migrated(...texts: string[]) {
  const { config, values, notes } = migrate(texts.map((text, index) => ({ file: `${index}.yaml`, text })));
  const says = notes.map(
    ({ file, position, pointer, message }) =>
      `${file}:${position?.line}:${position?.column}: ${pointer}: ${message}`,
  );
  return { config, values, says };
}

/** That what came out is a configuration, and values, that are right. */
export function expectRight({ config, values: rest }: { config: object; values: JsonObject }) {
  const text = printYaml(config as JsonObject);
  const checked = loadConfig(text, 'telemetry.yaml');
  const all = merge(values(checked, model) as unknown as JsonObject, rest);
  expect(lines({ 'values.yaml': printYaml(all) }).filter((line) => !line.includes(': warning: '))).toEqual(
    [],
  );
}
