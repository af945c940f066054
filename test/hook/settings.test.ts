import { describe, expect, test } from 'vitest';
import { oneOf, parseNextTargets, parseSettings } from '../../hook/parse-settings.ts';
import { settings } from './stage.ts';

const change = (path: string, value: unknown) => {
  const copy = structuredClone(settings) as unknown as Record<string, Record<string, unknown>>;
  const [section = '', key] = path.split('.');
  if (key === undefined) (copy as Record<string, unknown>)[section] = value;
  else if (copy[section]) copy[section][key] = value;
  return JSON.stringify(copy);
};

describe('settings', () => {
  test('are read as the templates write them', () => {
    expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
    expect(parseSettings(change('role', 'a-role')).role).toBe('a-role');
    expect(parseSettings(change('spacelift.secrets', ['a', 'a'])).spacelift.secrets).toEqual(['a']);
  });

  test.each([
    ['release', undefined, 'release must be a map, not missing'],
    ['release.name', '', 'release.name must be a text, not ""'],
    ['endpoint', 'collector:port', 'endpoint must be a URL of http or https, not "collector:port"'],
    ['spacelift.secrets', 'spacelift-shared', 'spacelift.secrets must be a list, not "spacelift-shared"'],
    ['spacelift.deployments', [1], 'spacelift.deployments[0] must be a text, not 1'],
    ['connect.timeoutSeconds', '240', 'connect.timeoutSeconds must be a number above 0, not "240"'],
  ])('that have a wrong %s are named', (path, value, message) => {
    expect(() => parseSettings(change(path, value))).toThrow(message);
  });

  test('of the next revision may name nothing', () => {
    expect(parseNextTargets('{"namespace":"","secrets":[]}')).toEqual({ namespace: '', secrets: [] });
    expect(() => parseNextTargets('{}')).toThrow('NEXT_TARGETS.namespace must be a text, not missing');
  });

  test('from the environment are words', () => {
    expect(oneOf('RUN', 'move', ['delete', 'move'])).toBe('move');
    expect(() => oneOf('RUN', undefined, ['delete', 'move'])).toThrow(
      'RUN must be one of delete, move, not missing',
    );
  });
});
