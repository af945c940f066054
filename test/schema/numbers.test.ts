import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { numbers, properties } from '../../scripts/schema-numbers.mjs';

const schema = JSON.parse(readFileSync('chart/values.schema.json', 'utf8')) as object;

describe('what the schema tells a person', () => {
  test('is a sentence of its own length for every property', () => {
    const short = properties(schema).filter(({ schema }) => String(schema['description'] ?? '').length < 20);
    expect(short.map(({ key, schema }) => `${key}: ${String(schema['description'])}`)).toEqual([]);
  });

  test('never is the name of the key once more', () => {
    const { properties, helpful } = numbers(schema);
    expect(helpful).toBe(properties);
  });

  test('is more than the best of the charts beside it says', () => {
    const { properties, unique, defaults, examples, closed } = numbers(schema);
    expect(properties).toBeGreaterThan(1700);
    expect(closed).toBeGreaterThan(300);
    expect(unique / properties).toBeGreaterThan(0.8);
    expect(defaults / properties, 'those of cert-manager').toBeGreaterThan(173 / 277);
    expect(examples / properties, 'those of elastic-agent').toBeGreaterThan(54 / 358);
  });

  test('counts for a property what it refers to', () => {
    const named = { description: 'How long to wait for it.', default: '1s' };
    const referring = { properties: { wait: { $ref: '#/$defs/a.wait' } }, $defs: { 'a.wait': named } };
    expect(numbers(referring)).toMatchObject({ properties: 1, described: 1, defaults: 1, examples: 0 });
  });
});
