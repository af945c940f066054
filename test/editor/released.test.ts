import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { features } from '../../generator/features/index.ts';
import { model } from '../../generator/index.ts';
import { startYamlEditor, type YamlEditor } from '../support/language-server.ts';

/** The files that the repository serves by their paths, of which nothing is asked but the schema. */
const VALUES = 'chart/values.schema.json';
const CONFIG = 'schema/published/telemetry-config.schema.json';
const asked: string[] = [];
const web = Object.fromEntries(
  [VALUES, CONFIG].map((path) => [
    `${model.project.files}/${path}`,
    () => {
      asked.push(path);
      return readFileSync(path, 'utf8');
    },
  ]),
);

/** Runs the bundle, as a user has it. */
const cli = (args: string[], input = '') =>
  spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], { input, encoding: 'utf8' }).stdout;

let editor: YamlEditor;
beforeAll(async () => {
  editor = await startYamlEditor({ web });
});
afterAll(() => editor.close());

describe.concurrent('a values file that somebody keeps', () => {
  test.each([
    ['an overlay', ['values', '--config', '-'], 'storage: {badger: {size: 20Gi}}'],
    ['no overlay', ['values'], ''],
    ['all values', ['values', '--full'], ''],
  ])('is checked from the line that the generator prints: %s', async (name, args, config) => {
    const text = cli(args, config);
    expect((await editor.open(`/home/me/${name}.yaml`, text)).diagnostics).toEqual([]);
    expect(asked).toContain(VALUES);
    const wrong = text.replace(/^\{\}\n|(?<=\n)storage:\n/m, 'storage:\n  size: 1Gi\n');
    expect(wrong).not.toBe(text);
    const { diagnostics } = await editor.open(`/home/me/${name} wrong.yaml`, wrong);
    expect(diagnostics.map(({ message }) => message)).toEqual(['Property size is not allowed.']);
  });
});

describe.concurrent('a configuration of the generator', () => {
  const [line = ''] = /# yaml-language-server: .*\n/.exec(cli(['--help'])) ?? [];
  let opened = 0;
  const config = (text: string) => editor.open(`/home/me/${++opened}/telemetry.yaml`, line + text);

  test('is checked from the line that the usage prints', async () => {
    expect((await config('storage:\n  badger:\n    size: 20Gi\n')).diagnostics).toEqual([]);
    expect(asked).toContain(CONFIG);
  });

  test.each([
    ['|\n', [...Object.keys(features), 'load'].sort()],
    ['storage:\n  b|\n', features.storage.presets.map(({ name }) => name).sort()],
    ['storage:\n  badger:\n    |\n', ['existingClaim', 'retention', 'size', 'storageClass']],
    ['debug:\n  logLevel: |\n', ['debug', 'error', 'info', 'warn']],
  ])('is completed: %j', async (text, labels) => {
    expect((await config(text)).completions.map(({ label }) => label)).toEqual(labels);
  });

  test('is explained', async () => {
    const { hover } = await config('storage:\n  badger:\n    re|tention: 72h\n');
    expect(hover).toContain('#### Configuration of spacelift-telemetry\n\nHow long a span is kept');
  });

  test.each([
    ['storage:\n  badgr: {}\n', { line: 2, character: 2 }, 'Property badgr is not allowed.'],
    [
      'storage:\n  type: badger\n',
      { line: 2, character: 8 },
      'Value must be "NOT A KEY: write `storage: {memory: {}}` or the name of another storage in its place".',
    ],
    ['jaeger:\n  jaeger: {}\n', { line: 1, character: 0 }, 'Property jaeger is not allowed.'],
  ])('is refused where it is wrong: %j', async (text, start, message) => {
    expect((await config(text)).diagnostics).toEqual([
      expect.objectContaining({ message, range: expect.objectContaining({ start }) }),
    ]);
  });
});
