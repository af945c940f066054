import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Position } from 'vscode-languageserver-protocol';
import { type Node, parseDocument } from 'yaml';
import { glob } from 'zx';
import { accepted, compileShipped, readValues, rejected } from '../schema/verdicts.ts';
import { startYamlEditor, type YamlEditor } from '../support/language-server.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const settings = JSON.parse(read('.vscode/settings.json'));
const mapped: Record<string, string[]> = settings['yaml.schemas'];
const aloneIsFine = compileShipped();

/** An editor without any setting, as a user's; and one with the project's, as a contributor's. */
let plain: YamlEditor;
let ours: YamlEditor;
beforeAll(async () => {
  plain = await startYamlEditor();
  ours = await startYamlEditor({
    settings: {
      schemas: mapped,
      yamlVersion: settings['yaml.yamlVersion'],
      disableDefaultProperties: settings['yaml.disableDefaultProperties'],
    },
  });
});
afterAll(() => Promise.all([plain.close(), ours.close()]));

describe.concurrent('the values files of the chart, by their own modeline', () => {
  const shipped = ['presets', 'ci'].flatMap((folder) =>
    readdirSync(`chart/${folder}`).map((name) => `chart/${folder}/${name}`),
  );

  test.each(['chart/values.yaml', ...shipped])('%s has no problem, and would have one', (file) =>
    expectRight(plain, file),
  );
});

describe.concurrent('files of this repository, by the settings of .vscode', () => {
  test('name schemas and files that there are', () => {
    for (const [schema, globs] of Object.entries(mapped)) {
      expect(JSON.parse(read(schema))['$schema']).toBe('http://json-schema.org/draft-07/schema#');
      for (const pattern of globs) {
        if (pattern === 'telemetry.yaml') continue; // what people call it; there is none here
        expect(glob.sync(pattern).length, pattern).toBeGreaterThan(0);
      }
    }
  });

  test('get a key as such, not all of its defaults', async () => {
    const { completions } = await ours.open('test/schema/accept/new.yaml', 'otel|\n');
    const inserted = completions.map(({ label, insertText }) => [label, insertText]);
    expect(inserted).toContainEqual(['otelcol', 'otelcol:\n  ']);
  });

  test.each([...accepted, ...glob.sync('test/golden/*/{config,values}.yaml')])(
    '%s has no problem, and would have one',
    (file) => expectRight(ours, file),
  );

  test.each(rejected)(
    '$file has a problem where Helm has it, with its words',
    async ({ file, pointer, words }) => {
      const { diagnostics } = await ours.open(file, read(file));
      // A schema sees one file, Helm all of them together: two files of one backend each are two backends.
      if (aloneIsFine(readValues(file))) return expect(diagnostics).toEqual([]);
      const said = diagnostics.filter(({ range }) => within(file, pointer, range.start));
      expect(said.map(({ message }) => message).join('\n')).toContain(
        words === 'null' ? 'Incorrect type' : words,
      );
    },
  );
});

/** A file without a problem proves something only where the same file with a wrong key has one. */
async function expectRight(editor: YamlEditor, file: string): Promise<void> {
  const text = read(file);
  expect((await editor.open(file, text)).diagnostics).toEqual([]);
  const [folder, name] = [dirname(file), basename(file)];
  const wrong = file.startsWith('test/golden') ? `${folder}-wrong/${name}` : `${folder}/wrong-${name}`;
  const { diagnostics } = await editor.open(wrong, `${text}wrong: 1\n`);
  expect(diagnostics.map(({ message }) => message)).toEqual(['Property wrong is not allowed.']);
}

/** Whether a position is in the value that a JSON pointer leads to. */
function within(file: string, pointer: string, { line, character }: Position): boolean {
  const text = read(file);
  const path = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/'));
  const [start = 0, , end = 0] = (parseDocument(text).getIn(path, true) as Node | undefined)?.range ?? [];
  const offset = text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
  return start <= offset && offset <= end;
}
