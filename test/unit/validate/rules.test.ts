import { describe, expect, test } from 'vitest';
import { lines, said } from '../../support/judge.ts';
import {
  COLLECTOR,
  collector,
  comeToNobody,
  pipelines,
  refusedByPrograms,
} from '../../support/refused-by-programs.ts';

/** What Helm takes and a program refuses: files, and the beginning of what is said. */
describe('refuses', () => {
  test.each<[string, Record<string, string>, string]>([
    ...refusedByPrograms,
    ...comeToNobody,
    [
      'an exporter to a port of Jaeger that is not there',
      collector('{exporters: {otlp_grpc/jaeger: {endpoint: "spacelift-telemetry-jaeger:14250"}}}'),
      `${COLLECTOR}/exporters/otlp_grpc~1jaeger/endpoint: the exporter otlp_grpc/jaeger sends to spacelift-telemetry-jaeger:14250`,
    ],
  ])('%s', (_, files, expected) => {
    expect(lines(files).map((line) => line.replace(/^v\.yaml:\d+:\d+: /, ''))).toContainEqual(
      expect.stringContaining(expected),
    );
  });
});

describe('accepts', () => {
  test.each([
    [
      'both ports changed alike',
      'otelcol: {ports: {otlp: {containerPort: 4000}}, alternateConfig: {receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:4000"}}}}}}\n',
    ],
    [
      'an exporter to elsewhere, on its port',
      'otelcol: {alternateConfig: {exporters: {otlp_grpc/b: {endpoint: "b:443"}}, service: {pipelines: {traces/export: {exporters: [otlp_grpc/jaeger, otlp_grpc/b]}}}}}\n',
    ],
  ])('%s', (_, text) => {
    expect(lines({ 'v.yaml': text })).toEqual([]);
  });
});

describe('warns', () => {
  test('of a component in no pipeline', () => {
    expect(lines(collector('{processors: {batch: {}}}'))).toEqual([
      expect.stringContaining(
        `warning: ${COLLECTOR}/processors/batch: the processor batch is in no pipeline`,
      ),
    ]);
  });

  test('of an extension that is not started, with the list to write', () => {
    expect(said(collector('{extensions: {zpages: {}}}'))).toEqual([
      expect.stringMatching(
        /warning: \/otelcol\/alternateConfig\/extensions\/zpages: .* Write:\n\n.*\n.*\n.*\n {10}extensions:\n {12}- health_check\n {12}- zpages\n$/,
      ),
    ]);
  });

  test('of nothing that the chart itself has for a preset', () => {
    const given =
      'otelcol: {alternateConfig: {service: {pipelines: {metrics: {receivers: [otlp], exporters: [otlp_grpc/jaeger]}}}}}\n';
    expect(lines({ 'v.yaml': given })).toEqual([]);
  });
});

test('proposes the name that was likely meant, in the whole list', () => {
  expect(said(pipelines('{traces/export: {exporters: [otlp_grpc/jaege, nop]}}'))).toEqual([
    expect.stringMatching(
      /did you mean otlp_grpc\/jaeger\? Write:\n\n(.*\n){5} {14}exporters:\n {16}- otlp_grpc\/jaeger\n {16}- nop\n$/,
    ),
  ]);
});

test('takes a type without a name for the one that has it', () => {
  expect(lines(pipelines('{traces/export: {exporters: [otlp_grpc]}}')).join('\n')).toContain(
    'defined are forward/export, forward/sampled, nop, otlp_grpc/jaeger; did you mean otlp_grpc/jaeger? Write:',
  );
});
