import { describe, expect, test } from 'vitest';
import { lines } from '../../support/judge.ts';
import { application, source } from './release.ts';

describe("an Application's parameters are read", () => {
  const item = ({ name, value, more = '' }: { name: string; value: string; more?: string }) =>
    `        - name: ${name}\n          value: ${value}\n${more}`;
  const parameters = (...items: Parameters<typeof item>[0][]) =>
    `      parameters:\n${items.map(item).join('')}`;
  const judged = (...items: Parameters<typeof item>[0][]) =>
    lines({ 'a.yaml': application(source(parameters(...items))) });

  test('at the place of each', () => {
    expect(judged({ name: 'ui.enabled', value: '"true"' }, { name: 'mode', value: 'x' })).toEqual([
      expect.stringMatching(/^a\.yaml:8:11: \/ui\/enabled: unknown key "enabled"/),
      'a.yaml:10:11: /mode: NOT HERE: write otelcol.mode',
    ]);
  });

  test("of Helm's types", () => {
    const [name, more] = ['jaeger.jaeger.replicas', '          forceString: true\n'];
    expect(judged({ name, value: '"1"' })).toEqual([]);
    expect(judged({ name, value: '"1"', more })).toEqual([
      'a.yaml:8:11: /jaeger/jaeger/replicas: the string "1" where a whole number belongs; did you mean 1?',
    ]);
  });

  test('as strings after all others, whatever the order in the file', () => {
    const [name, more] = ['jaeger.jaeger.replicas', '          forceString: true\n'];
    expect(judged({ name, value: '"1"', more }, { name, value: '"1"' })).toEqual([
      expect.stringContaining('a.yaml:8:11: /jaeger/jaeger/replicas: the string "1"'),
    ]);
  });

  test('at the last of one name, which wins', () => {
    expect(judged({ name: 'mode', value: 'a' }, { name: 'mode', value: 'b' })).toEqual([
      expect.stringContaining('a.yaml:10:11: /mode'),
    ]);
  });

  test('over values, and over files', () => {
    const values = '      valuesObject: {jaeger: {jaeger: {replicas: 2}}}\n';
    const one = parameters({ name: 'jaeger.jaeger.replicas', value: '"1"' });
    expect(lines({ 'a.yaml': application(source(values)) })).toHaveLength(1);
    expect(lines({ 'a.yaml': application(source(values + one)) })).toEqual([]);
    const item = parameters({ name: 'otelcol.extraEnvs[1].nam', value: 'B' });
    expect(
      lines({
        'v.yaml': 'otelcol: {extraEnvs: [{name: A, value: a}]}\n',
        'a.yaml': application(source(item)),
      }),
    ).toEqual([expect.stringMatching(/^a\.yaml:8:11: \/otelcol\/extraEnvs\/1/)]);
  });

  test('with variables of Argo CD, of which nothing is said, and none of the collector', () => {
    const name = 'spacelift.namespace';
    expect(judged({ name, value: '"a_$ARGOCD_APP_NAME"' })).toEqual([]);
    expect(judged({ name, value: 'a_b' })).toHaveLength(1);
    const address = `$\{env:MY_POD_IP}`;
    const endpoint = 'otelcol.alternateConfig.receivers.otlp.protocols.grpc.endpoint';
    expect(judged({ name: endpoint, value: `"${address}:4317"` })).toEqual([
      `a.yaml:9:11: /spec/source/helm/parameters/0/value: Argo CD takes ${address} for a variable of its build environment, and puts nothing in its place; write $${address}`,
    ]);
    expect(judged({ name: endpoint, value: `"$${address}:4317"` })).toEqual([]);
  });

  test.each([
    [
      'a value that is no string',
      'ui.path',
      '5',
      '9:11: /spec/source/helm/parameters/0/value: must be a string',
    ],
    [
      'a name that is none',
      'ui..path',
      'x',
      '8:11: /spec/source/helm/parameters/0/name: Helm\'s --set cannot read "ui..path": a key is missing',
    ],
    [
      'a list without end',
      'ui.path',
      '"{a"',
      "9:11: /spec/source/helm/parameters/0/value: Helm's --set cannot read it",
    ],
  ])('and no %s', (_, name, value, message) => {
    expect(judged({ name, value })).toEqual([expect.stringContaining(`a.yaml:${message}`)]);
  });

  test('and none that goes on from a value that is no map', () => {
    const values = '      valuesObject: {jaeger: {nameOverride: x}}\n';
    const below = parameters({ name: 'jaeger.nameOverride.a', value: 'x' });
    expect(lines({ 'a.yaml': application(source(values + below)) })).toEqual([
      "a.yaml:9:11: /spec/source/helm/parameters/0/name: jaeger.nameOverride.a leads on from a value that is no map, or no list; Helm's --set ends there with an error",
    ]);
  });

  test('with commas, which Argo CD takes for text', () => {
    expect(judged({ name: 'otelcol.podAnnotations.list', value: '"a,b"' })).toEqual([]);
  });

  test('of which a generator fills in names and values', () => {
    const text = (items: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec:\n  template:\n    spec:\n      source:\n        chart: spacelift-telemetry\n        helm:\n          parameters: [${items}]\n`;
    const gaps = '{name: "{{ .key }}", value: x}, {name: jaeger.jaeger.replicas, value: "{{ .n }}"}';
    expect(lines({ 'a.yaml': text(gaps) })).toEqual([]);
    expect(
      lines({ 'a.yaml': text(`${gaps}, {name: mode, value: "{{ .m }}"}, {name: modes, value: x}`) }),
    ).toEqual([expect.stringContaining('/modes: unknown key')]);
  });
});
