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

  test('does not become less', () => {
    const { properties, unique, defaults, examples, closed } = numbers(schema);
    expect(properties).toBeGreaterThan(1700);
    expect(closed).toBeGreaterThan(300);
    expect(unique / properties).toBeGreaterThan(0.8);
    expect(defaults / properties).toBeGreaterThan(0.25);
    expect(examples).toBeGreaterThan(80);
  });
});
