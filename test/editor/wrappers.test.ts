import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/index.ts';
import { startYamlEditor, type YamlEditor } from '../support/language-server.ts';

/** Objects that carry values: up to the values, and how far in those stand. */
const HELM = { chart: 'spacelift-telemetry' };
const wrappers = [
  ['a HelmRelease', 'flux-helmrelease', { kind: 'HelmRelease', spec: { interval: '1h', values: {} } }],
  [
    'an Application',
    'argocd-application',
    { kind: 'Application', spec: { source: { ...HELM, helm: { valuesObject: {} } } } },
  ],
  [
    'an ApplicationSet',
    'argocd-application',
    {
      kind: 'ApplicationSet',
      spec: { template: { spec: { source: { ...HELM, helm: { valuesObject: {} } } } } },
    },
  ],
] as const;

const served = [
  'chart/values.schema.json',
  ...wrappers.map(([, name]) => `schema/published/${name}.schema.json`),
];
let editor: YamlEditor;
beforeAll(async () => {
  const web = served.map(
    (path) => [`${model.project.files}/${path}`, () => readFileSync(path, 'utf8')] as const,
  );
  editor = await startYamlEditor({ web: Object.fromEntries(web) });
});
afterAll(() => editor.close());

/** The object as YAML, with values in their place. */
function around(object: object, values: string, depth = 0): string {
  const indent = '  '.repeat(depth);
  return Object.entries(object)
    .map(([key, value]) => {
      if (typeof value === 'string') return `${indent}${key}: ${value}\n`;
      const inner =
        Object.keys(value).length === 0
          ? values.replaceAll(/^(?=.)/gm, `${indent}  `)
          : around(value, values, depth + 1);
      return `${indent}${key}:\n${inner}`;
    })
    .join('');
}

let opened = 0;
describe.each(wrappers)('the values in %s', (_, name, object) => {
  const line = `# yaml-language-server: $schema=${model.project.files}/schema/published/${name}.schema.json\n`;
  const open = (values: string) =>
    editor.open(`/home/me/${++opened}/object.yaml`, `${line}apiVersion: x/v1\n${around(object, values)}`);
  const [before = ''] = around(object, '@').split('@');
  const [first, column] = [before.split('\n').length + 1, (before.split('\n').at(-1) ?? '').length];

  test('are completed', async () => {
    const { completions } = await open('storage:\n  badger:\n    s|\n');
    expect(completions.map(({ label }) => label)).toEqual(expect.arrayContaining(['size', 'storageClass']));
    const top = await open('o|\n');
    expect(top.completions.map(({ label }) => label)).toContain('otelcol');
  });

  test('are explained', async () => {
    const { hover } = await open('spacelift:\n  connect:\n    existing|Vendor: refuse\n');
    expect(hover).toContain('What to do where Spacelift already sends its telemetry elsewhere');
  });

  test('are refused where they are wrong, with what to write', async () => {
    const { diagnostics } = await open('ui: {}\nmode: deployment\nstorag: {}\n');
    const said = diagnostics.map(({ message, range }) => [range.start, message]);
    expect(said).toContainEqual([
      { line: first + 1, character: column + 'mode: '.length },
      'Value must be "NOT HERE: write otelcol.mode".',
    ]);
    expect(said).toContainEqual([{ line: first + 2, character: column }, 'Property storag is not allowed.']);
    expect(said).toHaveLength(2);
  });

  test('are right, and so is everything around them', async () => {
    const { diagnostics } = await open('storage:\n  badger:\n    size: 20Gi\n');
    expect(diagnostics).toEqual([]);
  });
});
