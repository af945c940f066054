import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../generator/config/load.ts';
import { UserError } from '../../generator/errors.ts';
import schema from '../../schema/config/telemetry-config.schema.json' with { type: 'json' };

/** Problems of a text, each as the line that the CLI prints. */
function problemsOf(text: string): string[] {
  try {
    loadConfig(text, 'config.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n').filter((line) => /^\S/.test(line));
    throw error;
  }
  return [];
}

const sections = Object.keys(schema.properties).join(', ');
const storages = 'memory, badger, opensearch, elasticsearch, cassandra, clickhouse, grpc';

describe('loadConfig', () => {
  test.each(['', '# only a comment\n', '---\n', 'null\n', '{}'])(
    'takes %j for the base configuration',
    (text) => {
      expect(loadConfig(text, 'config.yaml')).toEqual({});
    },
  );

  test('reads YAML and JSON', () => {
    const config = { storage: { badger: { size: '20Gi', retention: '168h' } }, debug: { logLevel: 'debug' } };
    expect(loadConfig(JSON.stringify(config), 'c.json')).toEqual(config);
    expect(
      loadConfig('storage:\n  badger: {size: 20Gi, retention: 168h}\ndebug: {logLevel: debug}\n', 'c'),
    ).toEqual(config);
  });

  test('lists every problem with its place, what is allowed and the nearest key', () => {
    const text = 'storage:\n  badgr:\n    size: 1\ndebug:\n  logLevel: loud\nloggers: {}\n';
    expect(problemsOf(text)).toEqual([
      `config.yaml:6:1: /loggers: unknown key "loggers"; allowed here: ${sections}`,
      `config.yaml:2:3: /storage/badgr: unknown key "badgr"; allowed here: ${storages}; did you mean "badger"?`,
      'config.yaml:5:3: /debug/logLevel: "loud" is not one of "debug", "info", "warn", "error"',
    ]);
  });

  test.each([
    [
      'two storages',
      'storage:\n  memory: {}\n  badger: {}\n',
      '1:1: /storage: memory and badger exclude each other; keep 1 of them',
    ],
    [
      'a type as a key',
      'storage:\n  type: badger\n',
      '2:3: /storage/type: NOT A KEY: write `storage: {memory: {}}` or the name of another storage in its place',
    ],
    ['null', 'storage:\n  badger:\n', '2:3: /storage/badger: null where a map belongs'],
    ['a scalar for a map', 'storage: badger\n', '1:1: /storage: the string "badger" where a map belongs'],
    ['a list at the root', '- storage\n', '1:1: a list where a map belongs'],
    [
      'a string for a number',
      'storage:\n  memory: {maxTraces: "10"}\n',
      '2:12: /storage/memory/maxTraces: the string "10" where a whole number belongs; did you mean 10?',
    ],
    [
      'a number out of range',
      'storage:\n  memory: {maxTraces: 0}\n',
      '2:12: /storage/memory/maxTraces: 0 must be >= 1',
    ],
    [
      'a size without a unit',
      'storage:\n  badger: {size: "20"}\n',
      '2:12: /storage/badger/size: "20" does not match ^[1-9][0-9]*(Mi|Gi|Ti|M|G|T)$',
    ],
    [
      'a duration without a unit',
      'storage: {badger: {retention: "72"}}\n',
      '1:20: /storage/badger/retention: "72" does not match ^([0-9]+([.][0-9]+)?(ns|us|ms|s|m|h))+$',
    ],
    [
      'a key from the prototype',
      'constructor: {}\n',
      `1:1: /constructor: unknown key "constructor"; allowed here: ${sections}`,
    ],
    ['a pointer with a slash', 'a/b~c: 1\n', `1:1: /a~1b~0c: unknown key "a/b~c"; allowed here: ${sections}`],
    ['a key given twice', 'debug: {}\ndebug: {}\n', '2:1: the key debug is in this map twice; keep one'],
    [
      'broken YAML',
      'storage:\n  badger: {size: 20Gi\n',
      '3:1: Flow map in block collection must be sufficiently indented and end with a }',
    ],
    [
      'a second document',
      'debug: {}\n---\ndebug: {}\n',
      '2:1: a second YAML document; write one, without `---` between',
    ],
    [
      'an unknown anchor',
      'debug: *d\n',
      '1:8: the anchor of *d is not set before it; write the value itself',
    ],
    [
      'several Jaegers over a storage of one',
      'storage:\n  badger: {}\navailability:\n  jaeger:\n    replicas: 2\n',
      '5:5: /availability/jaeger/replicas: 2 Jaegers cannot share the storage badger, which one process alone can use; write 1, or choose a storage that several share',
    ],
    [
      'a number of collectors beside autoscaling',
      'availability:\n  collector:\n    replicas: 3\n    autoscaling: {}\n',
      '3:5: /availability/collector/replicas: replicas is a fixed number, and with autoscaling the cluster chooses it; leave out one of the two',
    ],
    [
      'more collectors at least than at most',
      'availability:\n  collector:\n    autoscaling:\n      minReplicas: 9\n',
      '3:5: /availability/collector/autoscaling: minReplicas 9 is more than maxReplicas 6; write a larger maxReplicas',
    ],
    [
      'a password in an address',
      'storage:\n  opensearch:\n    urls: ["https://user:secret@search:9200"]\n',
      '3:12: /storage/opensearch/urls/0: "https://user:secret@search:9200" does not match ^https?://[a-z0-9][a-z0-9.-]{0,200}:[1-9][0-9]{0,4}(/[A-Za-z0-9._/-]*)?$',
    ],
    [
      'two metrics backends',
      'metrics: {prometheus: {}, mimir: {}}\n',
      '1:1: /metrics: prometheus and mimir exclude each other; keep 1 of them',
    ],
    [
      'an endpoint without its server',
      'metrics:\n  endpoint: http://prometheus\n',
      '2:3: /metrics/endpoint: NOT HERE: write `metrics: {prometheus: {endpoint: ...}}`, or mimir or victoriaMetrics',
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(problemsOf(text)).toContain(`config.yaml:${expected}`);
  });

  test('prints what to paste under a problem, as much of it as is certain', () => {
    const paste = (text: string) => {
      try {
        loadConfig(text, 'c');
      } catch (error) {
        return (error as UserError).message.split('\n').slice(1).join('\n');
      }
      return undefined;
    };
    expect(paste('storage:\n  badgr:\n    size: 1Gi\n')).toBe(
      '\n    storage:\n      badger:\n        size: 1Gi\n',
    );
    expect(paste('storage:\n  badger:\n')).toBe('\n    storage:\n      badger: {}\n');
    expect(paste('storage:\n  memory: {maxTraces: 0}\n')).toBe(
      '\n    storage:\n      memory:\n        maxTraces: 20000\n',
    );
    expect(paste('loggers: {}\n')).toBe('');
    // A part of a list cannot be pasted: it would replace the rest.
    expect(paste('storage:\n  opensearch:\n    urls: ["x"]\n')).toBe('');
  });

  test('carries code, place and pointer beside the text', () => {
    expect.assertions(1);
    try {
      loadConfig('storage:\n  badgr: {}\n', 'config.yaml');
    } catch (error) {
      expect((error as UserError).problems).toEqual([
        {
          code: 'unknown-key',
          file: 'config.yaml',
          position: { line: 2, column: 3 },
          pointer: '/storage/badgr',
          message: `unknown key "badgr"; allowed here: ${storages}; did you mean "badger"?`,
          yaml: 'storage:\n  badger: {}',
        },
      ]);
    }
  });
});
