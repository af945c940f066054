import { describe, expect, test } from 'vitest';
import { said } from '../../support/judge.ts';

/** What is said of one file that has one mistake, behind its place. */
const guess = (text: string, file = 'v.yaml') => {
  const [problem = '', ...others] = said({ [file]: text });
  expect(others).toEqual([]);
  return problem.replace(/^\S+: \/\S+: /, '');
};

describe('a value that is nearly right has the right one to paste', () => {
  test.each([
    ['a word in capitals', 'spacelift: {connect: {mode: Job}}', 'did you mean "job"?', 'mode: job'],
    ['a word with a slip', 'spacelift: {connect: {mode: manuel}}', 'did you mean "manual"?', 'mode: manual'],
    [
      'a number in quotes',
      'spacelift: {connect: {timeoutSeconds: "120"}}',
      'did you mean 120?',
      'timeoutSeconds: 120',
    ],
    ['a boolean in quotes', 'networkPolicy: {enabled: "true"}', 'did you mean true?', 'enabled: true'],
    [
      'a boolean for what can be enabled',
      'ui: {loadBalancer: true}',
      'did you mean {"enabled":true}?',
      'enabled: true',
    ],
    ['a number of gibibytes', 'storage: {badger: {size: 20}}', 'did you mean "20Gi"?', 'size: 20Gi'],
    [
      'a size with bytes behind it',
      'otelcol: {resources: {limits: {memory: 2GB}}}',
      'did you mean "2Gi"?',
      'memory: 2Gi',
    ],
    [
      'a name in capitals',
      'spacelift: {namespace: My_Spacelift}',
      'did you mean "my-spacelift"?',
      'namespace: my-spacelift',
    ],
    ['one of a list', 'spacelift: {secrets: mine}', 'did you mean ["mine"]?', '- mine'],
    [
      'one of a list under a key with a slip',
      'spacelift: {secret: mine}',
      'did you mean "secrets"?',
      'secrets:\n        - mine',
    ],
    ['a key of other charts', 'otelcol: {replicas: 3}', 'did you mean "replicaCount"?', 'replicaCount: 3'],
    [
      'values under the name of the chart',
      'spacelift-telemetry: {spacelift: {namespace: a}}',
      'what is under it belongs here, without "spacelift-telemetry"',
      '    spacelift:\n      namespace: a',
    ],
  ])('%s', (_, text, words, yaml) => {
    const said = guess(`${text}\n`);
    expect(said.split('\n')[0]).toContain(words);
    expect(said).toContain(yaml);
  });

  test('days in a configuration', () => {
    expect(guess('storage: {badger: {retention: 7d}}\n', 'telemetry.yaml')).toMatch(
      /did you mean "168h"\?\n[\s\S]*retention: 168h/,
    );
  });
});

test('what is near nothing has the words or the keys that are allowed', () => {
  expect(guess('spacelift: {connect: {existingVendor: overwrite}}\n')).toBe(
    '"overwrite" is not one of "refuse", "replace"',
  );
  expect(guess('traces: {sample: {probabilistic: 10}}\n', 'telemetry.yaml')).toBe(
    'the number 10 where a map of percentage belongs',
  );
  expect(guess('otelcol: {extraEnvs: x}\n')).not.toContain('did you mean');
});

test('two braces without quotes are told from a map', () => {
  expect(said({ 'v.yaml': 'spacelift:\n  namespace: {{ .Values.x }}\n' })).toEqual([
    'v.yaml:2:15: a map as the name of a key, as two braces without quotes are: {{ }} is filled in nowhere here; write the value, or quote it',
  ]);
});
