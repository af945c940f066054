import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startYamlEditor, type YamlEditor } from '../support/language-server.ts';

let editor: YamlEditor;
beforeAll(async () => {
  editor = await startYamlEditor();
});
afterAll(() => editor.close());

let opened = 0;
/** What the server says at the `|` of a values file beside the chart's own. */
const values = (text: string) =>
  editor.open(`chart/${++opened}.yaml`, `# yaml-language-server: $schema=values.schema.json\n${text}`);

/** Maps below each other, with the cursor where the next key goes. */
const below = (...path: string[]) =>
  `${path.map((key, depth) => `${'  '.repeat(depth)}${key}:\n`).join('')}${'  '.repeat(path.length)}|\n`;

const backends = ['jaeger', 'userconfig', 'extensions', 'jaeger_storage', 'backends'];

describe.concurrent('completion', () => {
  test.each([
    [[], 'enabled global hook jaeger networkPolicy otelcol presets spacelift storage ui'],
    [['storage'], 'badger'],
    [['storage', 'badger'], 'existingClaim size storageClass'],
    [
      ['spacelift', 'connect'],
      'endpoint existingVendor managedSecret mode onDisconnectFailure onRolloutFailure rbac restart restartDelaySeconds restartOnCollectorChange schedule serviceAccountName takeOver timeoutSeconds',
    ],
    [['jaeger', 'storage'], 'cassandra elasticsearch type'],
    [backends, 'badger memory'],
    [[...backends, 'badger', 'badger', 'ttl'], 'spans'],
    [
      ['jaeger', 'userconfig', 'exporters'],
      'debug jaeger_storage_exporter kafka nop otlp_grpc otlp_http prometheus',
    ],
    [
      ['otelcol', 'alternateConfig', 'exporters'],
      'debug file kafka load_balancing nop otelarrow otlp_grpc otlp_http',
    ],
    [['otelcol', 'alternateConfig', 'service', 'pipelines'], 'logs metrics profiles traces'],
  ])('below %j offers each key that can be written, once, and what it is for', async (path, labels) => {
    const { completions } = await values(below(...path));
    expect(completions.map(({ label }) => label).join(' ')).toBe(labels);
    for (const { label, documentation } of completions) {
      expect(documentation, label).toMatch(/\w.*\.$/);
    }
  });

  test('offers the types of a backend once a letter is there, since only one may be', async () => {
    const { completions } = await values(below(...backends, 'mine').replace('|', 'b|'));
    const labels = completions.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['badger', 'cassandra', 'elasticsearch', 'memory']));
  });

  test('offers the words that a key takes, the default by that name', async () => {
    const { completions } = await values('spacelift:\n  connect:\n    mode: |\n');
    expect(completions.map(({ label, detail }) => [label, detail])).toEqual([
      ['job', 'Default value'],
      ['manual', undefined],
      ['reconcile', undefined],
    ]);
  });

  test.each([
    'jaeger:\n  allInOne: |\n',
    'mode: |\n',
    'jaeger:\n  tag: |\n',
    'jaeger:\n  networkPolicy:\n    |\n',
  ])('offers nothing for a key that is refused: %j', async (text) => {
    expect((await values(text)).completions).toEqual([]);
  });
});

describe.concurrent('hover', () => {
  test.each([
    ['stor|age:\n  badger: {}\n', 'What the storage presets need from this chart itself.'],
    [
      'storage:\n  badger:\n    storage|Class: fast\n',
      "empty is the cluster's default class, `-` is no class at all.",
    ],
    [
      'jaeger:\n  userconfig:\n    extensions:\n      jaeger_storage:\n        backends:\n          mine:\n            badger:\n              ttl:\n                spa|ns: 72h\n',
      'Retention of a span; space comes back at compaction, later.',
    ],
    [
      'otelcol:\n  alternateConfig:\n    exporters:\n      otlp_grpc/mine:\n        compres|sion: none\n',
      'across zones `gzip` saves traffic.',
    ],
    ['jaeger:\n  allIn|One: {}\n', "The Deployment's name before version 4.2 of the jaeger chart."],
    // Said by the definition that the key refers to.
    [
      'otelcol:\n  alternateConfig:\n    receivers:\n      zip|kin/mine: {}\n',
      "Spans in Zipkin's format over HTTP.",
    ],
    ['otelcol:\n  nodeSel|ector: {}\n', 'kubernetes.io/arch'],
  ])('explains %j', async (text, sentence) => {
    const { hover } = await values(text);
    expect(hover).toContain('#### Values of spacelift-telemetry\n');
    expect(hover.replaceAll('\\', ''), 'as it is read, without the escapes of Markdown').toContain(sentence);
  });
});

describe.concurrent('problems', () => {
  test('stand where the dead key has its value, with what to write', async () => {
    const { diagnostics } = await values('jaeger:\n  allInOne:\n    resources: {}\n  enabled: true\n');
    expect(diagnostics).toEqual([
      expect.objectContaining({
        range: { start: { line: 3, character: 4 }, end: { line: 4, character: 0 } },
        message:
          'Value must be "REMOVED: write jaeger.jaeger.resources instead (the chart renamed allInOne to jaeger)".',
        severity: 1,
        source: 'yaml-schema: Values of spacelift-telemetry',
      }),
    ]);
  });

  test('name an unknown key, and propose only keys that can be written', async () => {
    const { diagnostics } = await values('storag:\n  badger: {}\n');
    expect(diagnostics).toEqual([
      expect.objectContaining({
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 6 } },
        message: 'Property storag is not allowed.',
        data: expect.objectContaining({
          properties: [
            'presets',
            'storage',
            'spacelift',
            'hook',
            'ui',
            'networkPolicy',
            'jaeger',
            'otelcol',
            'global',
            'enabled',
          ],
        }),
      }),
    ]);
  });
});
