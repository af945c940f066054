import { describe, expect, test } from 'vitest';
import { lines, said } from '../../support/judge.ts';
import { release } from './release.ts';

const RENAMED = 'RENAMED: write otlp_grpc';

test('of one key that is wrong in two files the last is to mend, since it wins', () => {
  const values = (count: number) => `jaeger: {jaeger: {replicas: ${count}}}\n`;
  expect(lines({ 'a.yaml': values(3), 'b.yaml': values(2) })).toEqual([
    expect.stringContaining('b.yaml:1:19: '),
  ]);
});

test('nothing is said of the others while one file cannot be read', () => {
  expect(lines({ 'a.yaml': 'ui: {\n', 'b.yaml': 'mode: x\n' })).toEqual([expect.stringMatching(/^a\.yaml:/)]);
});

describe('a file that cannot be judged', () => {
  test.each([
    ['an empty one', '', '1:1: is empty; write values, or `{}` for none'],
    ['one of comments', '# later\n', '1:1: is empty; write values, or `{}` for none'],
    [
      'broken YAML',
      'jaeger: {\n',
      '2:1: Flow map in block collection must be sufficiently indented and end with a }',
    ],
    [
      'broken YAML with the line ends of Windows',
      'ui: {}\r\nui: {}\r\n',
      '2:1: the key ui is in this map twice; keep one',
    ],
    [
      'an alias without an anchor',
      'ui: *u\n',
      '1:5: the anchor of *u is not set before it; write the value itself',
    ],
    ['a tag that nobody knows', 'ui: !vault x\n', '1:5: Unresolved tag: !vault'],
    ['no text', 'ui: {}\n\0\0', '2:1: is not text; give a file of YAML'],
    ['a list', '- ui\n', '1:1: a list where a map belongs'],
    [
      'a second document of values',
      'ui: {}\n---\nui: {}\n',
      '2:1: a second YAML document of values, which Helm does not read; write one, or two files',
    ],
    ['a string', 'helm install\n', '1:1: the string "helm install" where a map belongs'],
    [
      'another object of Kubernetes',
      'apiVersion: apps/v1\nkind: Deployment\n',
      '1:1: holds no values of this chart, but Deployment; give a values file, a HelmRelease, an Application or a configuration',
    ],
    [
      'a release of another chart',
      release('    a: 1\n', 'redis'),
      '1:1: holds no values of this chart, but HelmRelease; give a values file, a HelmRelease, an Application or a configuration',
    ],
    [
      'a number that is no longer itself',
      'jaeger: {jaeger: {replicas: 99999999999999999999}}\n',
      '1:29: the number 99999999999999999999 is too large to be read as it is written; quote it, or write a smaller one',
    ],
    [
      'a number without end',
      'jaeger: {jaeger: {replicas: 1e999}}\n',
      '1:29: the number 1e999 is too large to be read',
    ],
    [
      'aliases of aliases',
      `a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c]\n`,
      '1:1: cannot be read: Excessive alias count indicates a resource exhaustion attack',
    ],
  ])('%s', (_, text, expected) => {
    expect(lines({ 'f.yaml': text }).join('\n')).toContain(`f.yaml:${expected}`);
  });
});

describe('values', () => {
  test('have the place, the pointer, what is wrong, the nearest key and the YAML to paste', () => {
    expect(said({ 'v.yaml': 'jaeger:\n  jaeger:\n    replica: 1\n' })).toEqual([
      expect.stringMatching(
        /^v\.yaml:3:5: \/jaeger\/jaeger\/replica: unknown key "replica"; allowed here: .*; did you mean "replicas"\?\n\n {4}jaeger:\n {6}jaeger:\n {8}replicas: 1\n$/,
      ),
    ]);
  });

  test('of several files are judged as Helm merges them, and the last that has a say is named', () => {
    const first = 'otelcol: {alternateConfig: {exporters: {debug: {}}}}\n';
    const pipeline =
      'otelcol: {alternateConfig: {service: {pipelines: {traces/export: {exporters: [debug, debugg]}}}}}\n';
    expect(lines({ 'a.yaml': first, 'b.yaml': pipeline })).toEqual([
      expect.stringContaining(
        'b.yaml:1:86: /otelcol/alternateConfig/service/pipelines/traces~1export/exporters/1: The pipeline traces/export of otelcol.alternateConfig names the exporter debugg',
      ),
    ]);
    expect(lines({ 'b.yaml': pipeline.replace(', debugg', ''), 'a.yaml': first })).toEqual([]);
  });

  test('are found through anchors and merge keys', () => {
    const text = 'global: {x: &r {replica: 2}}\njaeger:\n  jaeger:\n    <<: *r\n';
    expect(lines({ 'v.yaml': text })).toEqual([
      expect.stringContaining('v.yaml:1:17: /jaeger/jaeger/replica: unknown key'),
    ]);
  });

  test('have the columns of their file, whatever ends its lines', () => {
    expect(lines({ 'v.yaml': 'ui: {}\r\nmode: x\r\n' })).toEqual([
      'v.yaml:2:1: /mode: NOT HERE: write otelcol.mode',
    ]);
  });

  test('say where an id of a component has another name, and which names there are', () => {
    const exporters = (id: string) => `otelcol: {alternateConfig: {exporters: {${id}: {}}}}\n`;
    expect(lines({ 'v.yaml': exporters('otlp/a') }).join()).toContain(RENAMED);
    expect(lines({ 'v.yaml': exporters('otlp_grcp/a') }).join()).toContain('did you mean "otlp_grpc/a"?');
  });
});

describe('a configuration is told from values', () => {
  test.each([
    ['by its sections', 'buffer: {disc: {}}\n', '/buffer/disc'],
    ['by its load', 'load: {spanPerSecond: 1}\n', '/load/spanPerSecond'],
    ['by its storages', 'storage: {opensearch: {url: x}}\n', '/storage/opensearch/url'],
    [
      'by the line for editors',
      '# yaml-language-server: $schema=x/telemetry-config.schema.json\nstorage: {badger: {sise: 1Gi}}\n',
      '/storage/badger/sise: unknown key "sise"; allowed here: size, storageClass, existingClaim, retention',
    ],
  ])('%s', (_, text, expected) => {
    expect(lines({ 'c.yaml': text }).join('\n')).toContain(expected);
  });

  test('by its name', () => {
    expect(lines({ 'x/telemetry.yaml': 'storage: {badger: {sise: 1}}\n' }).join()).toContain(
      'existingClaim, retention',
    );
  });

  test('by the line for editors, where the keys would say otherwise', () => {
    const line = '# yaml-language-server: $schema=x/values.schema.json\n';
    expect(lines({ 'v.yaml': `${line}buffer: {}\n` }).join()).toContain(
      'unknown key "buffer"; allowed here: presets',
    );
  });
});
