import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { validateFiles } from '../../../generator/commands/validate.ts';
import { lines } from '../../support/judge.ts';

const MARK = '\uFEFF';
const ELSEWHERE = '/mode: NOT HERE: write otelcol.mode';

const folder = mkdtempSync(join(tmpdir(), 'text-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The place of the one thing that is wrong. */
const placeIn = (text: string) => {
  const [line = '', ...others] = lines({ 'v.yaml': text });
  expect(others).toEqual([]);
  return /^v\.yaml:(\d+:\d+): /.exec(line)?.[1] ?? line;
};

describe('a column is where an editor puts the cursor', () => {
  const wrong = 'jaeger: {jaeger: {podLabels: {a: "b"}, replica: 1}}\n';
  test.each([
    ['plain text', wrong, '1:40'],
    ['a byte order mark in the first line', MARK + wrong, '1:40'],
    ['a byte order mark before other lines', `${MARK}ui: {}\nmode: x\n`, '2:1'],
    ['a byte order mark before the first key', `${MARK}mode: x\n`, '1:1'],
    ['letters of several bytes', wrong.replace('"b"', '"é日"'), '1:41'],
    ['an emoji, which is two', wrong.replace('"b"', '"😀"'), '1:41'],
    ['a tab, which is one', wrong.replace('jaeger: {jaeger', 'jaeger:\t{jaeger'), '1:40'],
    ['the line ends of Windows', `# é\r\n\r\n${wrong.replace('\n', '\r\n')}`, '3:40'],
    ['a separator of lines that YAML 1.1 knew', `ui: {} # \u2028\n${wrong}`, '2:40'],
  ])('behind %s', (_, text, place) => {
    expect(placeIn(text)).toBe(place);
  });

  test('in a configuration too', () => {
    expect(lines({ 'telemetry.yaml': `${MARK}storage: {badger: {sise: 1Gi}}\n` })).toEqual([
      expect.stringMatching(/^telemetry\.yaml:1:20: \/storage\/badger\/sise: unknown key/),
    ]);
  });
});

describe('the line for editors', () => {
  test('is found behind a byte order mark', () => {
    const line = '# yaml-language-server: $schema=x/telemetry-config.schema.json';
    expect(lines({ 'c.yaml': `${MARK}${line}\r\nstorage: {badger: {sise: 1Gi}}\r\n` })).toEqual([
      expect.stringContaining('allowed here: size, storageClass, existingClaim, retention'),
    ]);
  });
});

describe('a document without anything', () => {
  test.each([
    ['behind values', 'ui: {}\n---\n# nothing\n---\n'],
    ['of comments before values', '# mine\n---\nui: {}\n...\n'],
  ])('%s is no harm', (_, text) => {
    expect(lines({ 'v.yaml': text })).toEqual([]);
  });

  test('before values is what Helm reads in their place', () => {
    expect(lines({ 'v.yaml': '---\n---\nmode: x\n' })).toEqual([
      'v.yaml:2:1: a second YAML document of values, which Helm does not read; write one, or two files',
      `v.yaml:3:1: ${ELSEWHERE}`,
    ]);
  });
});

describe('a text in which indentation is made of tabs', () => {
  test('is told so at the first of each, and of nothing that comes of it', () => {
    expect(lines({ 'v.yaml': 'jaeger:\n\tjaeger: {}\n' })).toEqual([
      'v.yaml:2:1: a tab in the indentation; write spaces',
    ]);
  });
});

describe('values in a block of text of an Application', () => {
  const application = (values: string) =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    chart: spacelift-telemetry\n    helm:\n      values: |\n${values}`;

  test('have their columns whatever stands before them', () => {
    const text = application('        # 😀 é\n        ui: {}\n        mode: x\n');
    expect(placeIn(MARK + text)).toBe('10:9');
    expect(placeIn(text.replaceAll('\n', '\r\n'))).toBe('10:9');
  });

  test('may be nothing but comments', () => {
    expect(lines({ 'a.yaml': application('        # later\n') })).toEqual([]);
  });

  test('are read as carefully as a file', () => {
    const number = application('        jaeger: {jaeger: {replicas: 1e999}}\n');
    expect(placeIn(number)).toBe('8:37');
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a, *a]',
      'c: &c [*b, *b, *b, *b, *b, *b]',
      'd: [*c, *c, *c, *c, *c, *c]',
    ];
    expect(lines({ 'a.yaml': application(`        ${bomb.join('\n        ')}\n`) }).join()).toContain(
      'cannot be read: Excessive alias count',
    );
  });
});

describe('bytes that are no UTF-8', () => {
  test.each([
    ['of another alphabet', Buffer.from('ui: {}\nmode: caf\xe9\n', 'latin1'), '2:10'],
    ['of PowerShell', Buffer.from(`${MARK}ui: {}\r\n`, 'utf16le'), '1:1'],
  ])('%s are refused at their place, and never written over', async (_, bytes, place) => {
    const file = join(folder, 'v.yaml');
    writeFileSync(file, bytes);
    expect(await validateFiles({ files: [file], fix: true })).toEqual({
      stdout: `${file}:${place}: is not UTF-8; save it as that (PowerShell's > writes UTF-16)\n1 file, 1 problem\n`,
      exitCode: 1,
    });
    expect(readFileSync(file)).toEqual(bytes);
  });

  test('but a byte order mark is, and stays', async () => {
    const file = join(folder, 'v.yaml');
    writeFileSync(file, `${MARK}otelcol: {alternateConfig: {exporters: {nop/x: }}}\r\n`);
    expect(await validateFiles({ files: [file], fix: true })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(
      `${MARK}otelcol: {alternateConfig: {exporters: {nop/x: {} }}}\r\n`,
    );
  });
});

test('a map of 100,000 keys is read like any other', () => {
  const keys = Array.from({ length: 100_000 }, (_, index) => `      key-${index}: x\n`).join('');
  expect(lines({ 'v.yaml': `otelcol:\n  podAnnotations:\n${keys}  mod: x\n` })).toEqual([
    expect.stringMatching(/^v\.yaml:100003:3: \/otelcol\/mod: unknown key/),
  ]);
});

test('standard input is read once', async () => {
  await expect(validateFiles({ files: ['-', '-'] })).rejects.toThrow(
    '"-" is standard input, which can be read once',
  );
});

describe('a scalar without quotes', () => {
  const tag = (text: string) => `jaeger: {jaeger: {image: {tag: ${text}}}}\n`;
  test.each(['1.10', '0123', '1_000', '0x1f', '0o17', '12e03', 'yes'])(
    '%s is advised as it stands',
    (text) => {
      expect(lines({ 'v.yaml': tag(text) })).toEqual([expect.stringContaining(`did you mean "${text}"?`)]);
    },
  );

  test('in a configuration too', () => {
    expect(lines({ 'c.yaml': 'jaegerUrl: 1.10\nimages: {registry: 1.10}\n' }).join('\n')).toContain(
      'the number 1.10 where a string belongs; did you mean "1.10"?',
    );
  });

  test.each(['12:30', '2026-11-24', '1:30.5'])('%s is text, as it is to Helm', (text) => {
    expect(lines({ 'v.yaml': tag(text).replace('image: {tag:', 'podLabels: {a:') })).toEqual([]);
  });
});
