import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../generator/config/load.ts';
import { UserError } from '../../generator/errors.ts';

/** Problems of a text, each as the line that the CLI prints. */
function problemsOf(text: string): string[] {
  try {
    loadConfig(text, 'config.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
  return [];
}

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
    const text = 'storage:\n  badgr:\n    size: 1\ndebug:\n  logLevel: loud\nmetrics: {}\n';
    expect(problemsOf(text)).toEqual([
      'config.yaml:6:1: /metrics: unknown key "metrics"; allowed here: storage, debug, spacelift, hook, ui, networkPolicy, images',
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
      '2:12: /storage/memory/maxTraces: the string "10" where a whole number belongs',
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
      '1:1: /constructor: unknown key "constructor"; allowed here: storage, debug, spacelift, hook, ui, networkPolicy, images',
    ],
    [
      'a pointer with a slash',
      'a/b~c: 1\n',
      '1:1: /a~1b~0c: unknown key "a/b~c"; allowed here: storage, debug, spacelift, hook, ui, networkPolicy, images',
    ],
    ['a key given twice', 'debug: {}\ndebug: {}\n', '2:1: Map keys must be unique'],
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
      'a size for a claim that is there',
      'storage:\n  badger:\n    existingClaim: traces\n    size: 20Gi\n',
      '4:5: /storage/badger/size: size is for the claim that the chart makes, and with existingClaim it makes none; leave out one of the two',
    ],
    [
      'OpenSearch without a server',
      'storage:\n  opensearch: {}\n',
      '2:3: /storage/opensearch: urls is missing; write for instance urls: [https://opensearch-cluster-master:9200]',
    ],
    [
      'Cassandra with an empty list of servers',
      'storage:\n  cassandra:\n    servers: []\n',
      '2:3: /storage/cassandra: servers is missing; write for instance servers: [cassandra.cassandra.svc.cluster.local]',
    ],
    [
      'an Ingress without a name',
      'ui:\n  ingress: {tlsSecret: jaeger-tls}\n',
      '2:3: /ui/ingress: hosts is missing; write for instance hosts: [jaeger.example.com]',
    ],
    [
      'a route without a Gateway',
      'ui:\n  gateway: {hostnames: [jaeger.example.com]}\n',
      '2:3: /ui/gateway: parentRefs is missing; write for instance parentRefs: [{name: public, namespace: gateways}]',
    ],
    [
      'a certificate without its Secret',
      'storage:\n  opensearch:\n    urls: [https://search:9200]\n    tls:\n      caKey: ca.crt\n',
      '5:7: /storage/opensearch/tls/caKey: caKey is a key of a Secret; name it in existingSecret',
    ],
    [
      'a certificate of a connection in clear',
      'storage:\n  grpc:\n    endpoint: traces:1\n    existingSecret: s\n    tls:\n      caKey: ca.crt\n',
      '6:7: /storage/grpc/tls/caKey: caKey has no effect without TLS; write enabled: true beside it',
    ],
    [
      "a client's certificate without its key",
      'storage:\n  grpc:\n    endpoint: traces:1\n    existingSecret: s\n    tls:\n      enabled: true\n      certKey: tls.crt\n',
      '7:7: /storage/grpc/tls/certKey: certKey and keyKey go together; write both',
    ],
    [
      'a password in an address',
      'storage:\n  opensearch:\n    urls: ["https://user:secret@search:9200"]\n',
      '3:12: /storage/opensearch/urls/0: "https://user:secret@search:9200" does not match ^https?://[a-z0-9][a-z0-9.-]{0,200}:[1-9][0-9]{0,4}(/[A-Za-z0-9._/-]*)?$',
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(problemsOf(text)).toContain(`config.yaml:${expected}`);
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
        },
      ]);
    }
  });
});
