import { describe, expect, test } from 'vitest';
import { lines } from '../../support/judge.ts';
import { application, release, source } from './release.ts';

describe('Flux', () => {
  test('has the values of a HelmRelease, in any document of a file, at their place', () => {
    const text = `apiVersion: v1\nkind: Namespace\n---\n${release('    mode: x\n')}`;
    expect(lines({ 'r.yaml': text })).toEqual(['r.yaml:9:5: /mode: NOT HERE: write otelcol.mode']);
  });

  describe('finds the chart behind chartRef', () => {
    const source = (url: string, kind = 'OCIRepository') =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: {name: s}\nspec: {url: ${url}}\n---\n`;
    const text = release('    mode: x\n').replace(
      'chart: {spec: {chart: spacelift-telemetry}}',
      'chartRef: {kind: OCIRepository, name: s}',
    );
    const judged = (sources: string) => lines({ 'r.yaml': sources + text }).join();

    test('by its address', () => {
      expect(lines({ 'r.yaml': source('oci://x/spacelift-telemetry') + text })).toHaveLength(1);
      expect(judged(source('oci://x/redis'))).toContain('holds no values of this chart');
    });

    test('by its kind, where two sources have one name', () => {
      const other = source('https://x/redis', 'GitRepository');
      expect(judged(other + source('oci://x/spacelift-telemetry'))).toContain('/mode: NOT HERE');
    });

    test('by the keys of its values, where the source is in another file', () => {
      expect(judged('')).toContain('/mode: NOT HERE');
    });
  });

  test('has values files below, as valuesFrom has them', () => {
    const values = 'jaeger: {jaeger: {replicas: 2}}\n';
    expect(lines({ 'v.yaml': values, 'r.yaml': release('    ui: {}\n') })).toEqual([
      expect.stringContaining('v.yaml:1:19: /jaeger/jaeger/replicas: jaeger.jaeger.replicas is 2'),
    ]);
    const one = release('    jaeger: {jaeger: {replicas: 1}}\n');
    expect(lines({ 'v.yaml': values, 'r.yaml': one })).toEqual([]);
  });

  test('of several releases says once what is wrong below all of them', () => {
    const two = `${release('    ui: {}\n')}---\n${release('    hook: {}\n')}`;
    expect(lines({ 'v.yaml': 'mode: x\n', 'r.yaml': two })).toEqual([
      'v.yaml:1:1: /mode: NOT HERE: write otelcol.mode',
    ]);
  });

  test('without values is right', () => {
    expect(lines({ 'r.yaml': release('').replace('  values:\n', '') })).toEqual([]);
  });
});

describe('Argo CD', () => {
  test('has valuesObject', () => {
    const text = application(source('      valuesObject:\n        mode: x\n'));
    expect(lines({ 'a.yaml': text })).toEqual(['a.yaml:8:9: /mode: NOT HERE: write otelcol.mode']);
  });

  test('has valuesObject of one of several sources, and other charts beside it', () => {
    const text = application(
      '  sources:\n    - {chart: redis, helm: {valuesObject: {a: 1}}}\n    - {ref: values, repoURL: x}\n    - chart: spacelift-telemetry\n      helm: {valuesObject: {mode: x}}\n',
    );
    expect(lines({ 'a.yaml': text })).toEqual(['a.yaml:8:29: /mode: NOT HERE: write otelcol.mode']);
  });

  test('has values in a block of text that begins with an empty line', () => {
    const text = application(source('      values: |\n\n          ui: {}\n          mode: x\n'));
    expect(lines({ 'a.yaml': text })).toEqual(['a.yaml:10:11: /mode: NOT HERE: write otelcol.mode']);
  });

  test('has values in a block of text, at their place in it', () => {
    const text = application(source('      values: |\n          ui: {}\n          mode: x\n'));
    expect(lines({ 'a.yaml': text })).toEqual(['a.yaml:9:11: /mode: NOT HERE: write otelcol.mode']);
    expect(lines({ 'a.yaml': text.replaceAll('\n', '\r\n') })).toEqual([
      'a.yaml:9:11: /mode: NOT HERE: write otelcol.mode',
    ]);
  });

  test('has values in a string of another form, at its beginning', () => {
    const text = application(source('      values: "mode: x"\n'));
    expect(lines({ 'a.yaml': text })).toEqual(['a.yaml:7:7: /mode: NOT HERE: write otelcol.mode']);
  });

  test('has broken YAML in a string', () => {
    const text = application(source('      values: |\n        ui: {\n'));
    expect(lines({ 'a.yaml': text }).join()).toMatch(/^a\.yaml:(8|9):\d+: Flow map/);
  });

  test('has templates of an ApplicationSet, in which a generator fills gaps', () => {
    const text = application(
      '  template:\n    spec:\n      source:\n        chart: spacelift-telemetry\n        helm:\n          valuesObject:\n            mode: x\n            spacelift: {namespace: "{{ .name }}"}\n',
    ).replace('kind: Application', 'kind: ApplicationSet');
    expect(lines({ 'a.yaml': text })).toEqual(['a.yaml:10:13: /mode: NOT HERE: write otelcol.mode']);
  });

  describe('of an ApplicationSet, in a block of text', () => {
    const set = (values: string) =>
      application(
        `  template:\n    spec:\n      source:\n        chart: spacelift-telemetry\n        helm:\n          values: |\n${values}`,
      ).replace('kind: Application', 'kind: ApplicationSet');

    test('has gaps that nothing is said of, with quotes or without', () => {
      const gaps =
        '            spacelift: {namespace: "{{name}}", connect: {timeoutSeconds: {{ .timeout }}}}\n            ui: { {{ .key }}: {} }\n';
      expect(lines({ 'a.yaml': set(gaps) })).toEqual([]);
      expect(
        lines({ 'a.yaml': set(`${gaps}            mode: {{ .mode }}\n            modes: x\n`) }),
      ).toEqual([expect.stringMatching(/^a\.yaml:13:13: \/modes: unknown key/)]);
    });

    test('is not judged where it is made of parts', () => {
      expect(
        lines({ 'a.yaml': set('            {{- if .a }}\n            mode: x\n            {{- end }}\n') }),
      ).toEqual([]);
    });
  });
});
