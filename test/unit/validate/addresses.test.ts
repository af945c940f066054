import { describe, expect, test } from 'vitest';
import { applyEdits, editsFor } from '../../../generator/validate/fix.ts';
import { validate } from '../../../generator/validate/index.ts';
import { judge, lines, said } from '../../support/judge.ts';
import { COLLECTOR, collector } from '../../support/refused-by-programs.ts';

const exporter = (id: string, endpoint: string) =>
  collector(
    `{exporters: {${id}: {endpoint: "${endpoint}"}}, service: {pipelines: {traces/export: {exporters: [${id}]}}}}`,
  );
const ours = (endpoint: string) => exporter('otlp_grpc/jaeger', endpoint);
const place = `${COLLECTOR}/exporters/otlp_grpc~1jaeger/endpoint: `;
const DOTTED = 'otelcol.alternateConfig.exporters.otlp_grpc/jaeger.endpoint';

describe('a name that is nearly one of the chart is refused', () => {
  test.each([
    ['bare', 'spacelift-telemetry-jeager:4317', 'spacelift-telemetry-jaeger:4317'],
    [
      'with a namespace',
      'spacelift-telemetry-jagger.x.svc.cluster.local:4317',
      'spacelift-telemetry-jaeger.x.svc.cluster.local:4317',
    ],
    ['behind a scheme', 'http://spacelift-telemetery-jaeger:4317', 'http://spacelift-telemetry-jaeger:4317'],
    ['behind a resolver', 'dns:///spacelift-telemetry-jaegr:4317', 'dns:///spacelift-telemetry-jaeger:4317'],
  ])('%s', (_, endpoint, right) => {
    expect(lines(ours(endpoint))).toEqual([
      `v.yaml:1:60: ${place}${DOTTED} is ${endpoint}, and no Service has that name: what is sent there is lost; write ${right}`,
    ]);
  });

  test('also where Spacelift sends to', () => {
    const text = 'spacelift: {connect: {endpoint: "http://spacelift-telemetry-colector.m.svc:4317"}}\n';
    expect(lines({ 'v.yaml': text })).toEqual([
      expect.stringContaining('/spacelift/connect/endpoint: spacelift.connect.endpoint is http://spacelift-'),
    ]);
  });

  test('also in a list, and in a receiver and an extension', () => {
    const config =
      '{receivers: {http_check: {targets: [{endpoint: "http://spacelift-telemetry-jeager:16686"}]}}}';
    expect(lines(collector(config)).join()).toContain('write http://spacelift-telemetry-jaeger:16686');
    const kafka = '{exporters: {kafka: {brokers: ["kafka:9092", "spacelift-telemetry-jeager:9092"]}}}';
    expect(lines(collector(kafka)).join()).toContain('exporters/kafka/brokers/1: ');
  });
});

describe('a name of the two releases of the guide is warned of', () => {
  test.each([
    'jaeger-collector:4317',
    'http://jaeger-collector.monitoring.svc.cluster.local:4317',
    'jaeger.monitoring:4317',
    'spacelift-telemetry-jaeger-collector:4317',
  ])('%s', (endpoint) => {
    expect(said(ours(endpoint))).toEqual([
      `v.yaml:1:60: warning: ${place}${DOTTED} is ${endpoint}, a Service that this release does not make: unless you keep another release that has it, what is sent there is lost; here it is spacelift-telemetry-jaeger\n\n    otelcol:\n      alternateConfig:\n        exporters:\n          otlp_grpc/jaeger:\n            endpoint: spacelift-telemetry-jaeger:4317\n`,
    ]);
  });
});

test('the collector of the guide is warned of, and nothing to paste: it would send in a circle', () => {
  const [line = '', ...others] = said(ours('otelcol-opentelemetry-collector:4317'));
  expect(others).toEqual([]);
  expect(line).toMatch(/^v\.yaml:1:60: warning: .* here it is spacelift-telemetry-collector$/);
});

describe('a port of Jaeger on which nobody listens is refused', () => {
  test.each([
    [
      'OTLP over gRPC to another',
      ours('spacelift-telemetry-jaeger.monitoring:4318'),
      'Jaeger takes OTLP over gRPC on port 4317; write spacelift-telemetry-jaeger.monitoring:4317',
    ],
    [
      'OTLP over gRPC to none',
      ours('spacelift-telemetry-jaeger:14250'),
      'on port 4317; write spacelift-telemetry-jaeger:4317',
    ],
    [
      'OTLP over HTTP to that of gRPC',
      exporter('otlp_http/jaeger', 'http://spacelift-telemetry-jaeger:4317'),
      'the exporter otlp_http/jaeger speaks HTTP, and Jaeger takes gRPC on port 4317',
    ],
    [
      'OTLP over HTTP to its own, which is closed',
      exporter('otlp_http/jaeger', 'http://spacelift-telemetry-jaeger:4318'),
      'nobody listens on port 4318 of Jaeger; open are 4317, 8888, 16685, 16686, and spans go to spacelift-telemetry-jaeger:4317 over gRPC',
    ],
    [
      'Zipkin',
      exporter('zipkin', 'http://spacelift-telemetry-jaeger:9411/api/v2/spans'),
      'nobody listens on port 9411 of Jaeger',
    ],
  ])('%s', (_, files, expected) => {
    expect(lines(files)).toContainEqual(expect.stringContaining(expected));
  });
});

describe('what is somebody’s own is left alone', () => {
  test.each([
    'jaeger-collector.observability:4317',
    'jaeger-collector.example.com:4317',
    'tempo.monitoring:4317',
    'my-jaeger-collector:4317',
    'spacelift-telemetry-jaeger2:4317',
    'spacelift-telemetry-tempo:4317',
    '10.0.0.1:4317',
    '[::1]:4317',
  ])('%s', (endpoint) => {
    expect(lines(ours(endpoint))).toEqual([]);
  });

  test('and so is a port that Jaeger was told to open', () => {
    const jaeger =
      'jaeger: {userconfig: {receivers: {otlp: {protocols: {http: {endpoint: "0.0.0.0:4318"}}}}}}\n';
    const { 'v.yaml': sends = '' } = exporter('otlp_http/jaeger', 'http://spacelift-telemetry-jaeger:4318');
    expect(lines({ 'v.yaml': jaeger + sends })).toEqual([]);
  });
});

describe('--fix writes what is certain', () => {
  const fixed = (files: { 'v.yaml': string }) => {
    const sources = [{ file: 'v.yaml', text: files['v.yaml'] }];
    return applyEdits(files['v.yaml'], editsFor(validate(sources, judge).judged, judge.base));
  };

  test.each([
    ['the name', 'spacelift-telemetry-jeager.m:4317', 'spacelift-telemetry-jaeger.m:4317'],
    ['the port', 'http://spacelift-telemetry-jaeger:14250', 'http://spacelift-telemetry-jaeger:4317'],
  ])('%s, in the quotes that are there', (_, endpoint, right) => {
    for (const quoted of [`"${endpoint}"`, `'${endpoint}'`, endpoint]) {
      const files = { 'v.yaml': ours(endpoint)['v.yaml'].replace(`"${endpoint}"`, `${quoted} `) };
      expect(fixed(files)).toBe(files['v.yaml'].replace(endpoint, right));
    }
  });

  test.each([
    ['a name of the guide', 'jaeger-collector:4317'],
    ['an escape', 'spacelift-telemetry-jeager\\x3a4317'],
  ])('but not %s', (_, endpoint) => {
    const files = ours(endpoint);
    expect(lines(files)).toHaveLength(1);
    expect(fixed(files)).toBe(files['v.yaml']);
  });
});
