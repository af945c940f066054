import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONDITIONS } from '../e2e/catalogue.ts';
import { conditionsDocument, conditionsIn, NOT_OBSERVED } from '../e2e/conditions-table.ts';
import type { Observation } from '../e2e/observation.ts';
import { TERRAFORM } from '../support/spacelift.ts';

const FOLDER = 'test/e2e';
const committed = readFileSync(join(FOLDER, 'CONDITIONS.md'), 'utf8');
const texts = CONDITIONS.map(([, text]) => text);

const quiet: Omit<Observation, 'condition'> = {
  happened: 'Nothing to do.',
  restarts: { 'spacelift-server': 0 },
  before: { vendor: 'Disabled', endpoint: undefined },
  after: undefined,
  otherKeys: undefined,
};
const seen = (helm: string, change: Partial<Observation> = {}) =>
  CONDITIONS.map(([condition]) => ({ helm, observation: { ...quiet, condition, ...change } }));
const run = { kubernetes: 'v1.30.0', helms: ['v3.17.3', 'v4.3.1'] };

describe('the table of conditions', () => {
  test('lists what the tests observe, in the order of the catalogue', () => {
    expect(conditionsIn(committed)).toEqual(texts);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('has each condition observed in one place', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.test.ts'));
    const code = files.map((file) => readFileSync(join(FOLDER, file), 'utf8')).join('\n');
    const call = /\b(?:observe|connectAgain|expectUntouched|replaceWhileSending)\(\s*'([a-z0-9-]+)'/g;
    const row = /^\s*\['(no-right-[a-z-]+)'/gm; // one test for four of them
    const observed = [...code.matchAll(call), ...code.matchAll(row)].map(([, name]) => name);
    expect(observed.sort()).toEqual(CONDITIONS.map(([name]) => name).sort());
  });

  test('has neither a random name nor a value of another key', () => {
    expect(committed).not.toMatch(/\b(monitoring|spacelift)-[0-9a-f]{5}\b/);
    expect(committed).not.toContain(TERRAFORM['DATABASE_URL']);
    expect(committed).not.toContain('undefined');
  });

  test('keeps rows of a run before where this one has observed nothing', () => {
    const [first, ...others] = seen('3.17', { happened: 'Earlier.' });
    const before = conditionsDocument({ ...run, observations: [...others, ...(first ? [first] : [])] });
    const [again] = seen('4.3', { happened: 'Later.' });
    const rerun = { ...run, helms: ['v4.3.1'], observations: again ? [again] : [] };
    const after = conditionsDocument(rerun, before);
    expect(conditionsIn(after)).toEqual(texts);
    expect(after.split('\n').filter((line) => line.includes('Later.'))).toHaveLength(1);
    expect(after.split('Earlier.')).toHaveLength(texts.length);
    expect(after).toContain('with Helm v3.17.3 and v4.3.1; where');
  });

  test('says what no run has observed, which are long tests at most', () => {
    const document = conditionsDocument({ ...run, observations: seen('3.17').slice(1) });
    expect(document.split(NOT_OBSERVED)).toHaveLength(2);
    const [short = ''] = committed.split('\n## Long ones');
    expect(short).not.toContain(NOT_OBSERVED);
  });

  test('refuses two Helms that do not agree', () => {
    const both = [...seen('3.17'), ...seen('4.3', { happened: 'Something else.' })];
    expect(() => conditionsDocument({ ...run, observations: both })).toThrow('do not agree');
  });

  test('shows restarts and the Secret in a few words', () => {
    const endpoint = 'http://spacelift-telemetry-collector.monitoring.svc.cluster.local:4317';
    const document = conditionsDocument({
      ...run,
      observations: seen('4.3', {
        restarts: { 'spacelift-server': 1, 'spacelift-drain': 2, 'spacelift-scheduler': 0 },
        after: { vendor: 'OpenTelemetry', endpoint },
        otherKeys: 'unchanged',
      }),
    });
    const cells = '| Nothing to do. | drain 2, server 1 | Disabled | OpenTelemetry, ours | unchanged |';
    expect(document.split('\n').filter((line) => line.endsWith(cells))).toHaveLength(texts.length);
    expect(document).toContain('on Kubernetes v1.30.0 with Helm v3.17.3 and v4.3.1; where');
  });
});
