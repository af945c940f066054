import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'validate-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the bundle, as a user has it, in a folder with these files. */
function cli(args: string[], files: Record<string, string> = {}, input = '') {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const options = { cwd: folder, input, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), ...args], options);
  return { status, stdout, stderr };
}
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('spacelift-telemetry validate', () => {
  test('says that a file is right, with exit code 0', () => {
    expect(cli(['validate', 'a.yaml'], { 'a.yaml': 'ui: {}\n' })).toEqual({
      status: 0,
      stdout: '1 file, 0 problems\n',
      stderr: '',
    });
    expect(cli(['validate', '-'], {}, 'ui: {}\n').status).toBe(0);
  });

  test('prints problems as text, as JSON and as annotations of GitHub, with exit code 1', () => {
    const files = { 'b.yaml': 'otelcol:\n  alternateConfig:\n    exporters:\n      nop/x:\n' };
    const place = 'b.yaml:4:7: /otelcol/alternateConfig/exporters/nop~1x: null where a map belongs';
    const yaml = 'otelcol:\n  alternateConfig:\n    exporters:\n      nop/x: {}';
    const text = cli(['validate', 'b.yaml'], files);
    expect(text.status).toBe(1);
    expect(text.stdout).toBe(`${place}\n\n${yaml.replace(/^/gm, '    ')}\n\n1 file, 1 problem\n`);
    expect(JSON.parse(cli(['validate', '--format', 'json', 'b.yaml']).stdout)).toEqual({
      problems: [
        {
          code: 'wrong-type',
          file: 'b.yaml',
          position: { line: 4, column: 7 },
          pointer: '/otelcol/alternateConfig/exporters/nop~1x',
          message: 'null where a map belongs',
          yaml,
        },
      ],
      configurations: [],
    });
    expect(cli(['validate', '--format', 'github', 'b.yaml'])).toMatchObject({
      status: 1,
      stdout: `::error file=b.yaml,line=4,col=7,title=/otelcol/alternateConfig/exporters/nop~1x::null where a map belongs%0A${yaml.replaceAll('\n', '%0A')}\n`,
    });
  });

  test('warns of what does nothing, with exit code 0', () => {
    const file = { 'w.yaml': 'otelcol: {alternateConfig: {exporters: {debug: {}}}}\n' };
    const { status, stdout } = cli(['validate', 'w.yaml'], file);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^w\.yaml:1:41: warning: \/otelcol\/alternateConfig\/exporters\/debug: the exporter debug is in no pipeline/,
    );
    expect(stdout).toMatch(/\n1 file, 0 problems, 1 warning\n$/);
    expect(cli(['validate', '--format', 'github', 'w.yaml']).stdout).toMatch(/^::warning file=w\.yaml/);
  });

  test('says which file it took for a configuration', () => {
    expect(cli(['validate', 'c.yaml'], { 'c.yaml': 'buffer: {disk: {}}\n' }).stdout).toBe(
      'c.yaml: read as a configuration, not as values\n1 file, 0 problems\n',
    );
  });

  test('knows the files of the old charts, and who reads them', () => {
    const file = { 'old.yaml': 'allInOne: {}\nstorage: {type: badger}\n' };
    expect(cli(['validate', 'old.yaml'], file).stdout).toMatch(
      /\nold\.yaml: spacelift-telemetry migrate makes a configuration of it\n1 file, 2 problems\n$/,
    );
  });

  test('names every file that it cannot read', () => {
    expect(cli(['validate', 'none.yaml', '.'])).toMatchObject({
      status: 1,
      stdout:
        'none.yaml: there is no such file; give an existing one\n.: is a folder; give a file of it\n2 files, 2 problems\n',
    });
  });

  test.each([
    [['validate'], 'validate needs a file: values, a HelmRelease, an Application or a configuration'],
    [['validate', 'a.yaml', '--format', 'xml'], '--format is one of text, json, github, not "xml"'],
    [['validate', '-', '--fix'], '--fix writes files, and "-" is none'],
    [['validate', 'a.yaml', '--full'], 'validate has no option --full; it takes --format, --fix'],
  ])('refuses %j', (args, message) => {
    expect(cli(args)).toEqual({
      status: 1,
      stdout: '',
      stderr: `${message}; see spacelift-telemetry --help\n`,
    });
  });
});

describe('--fix', () => {
  const broken = [
    '# mine  ',
    'otelcol: # the collector',
    '    alternateConfig:',
    '        exporters:',
    '            "otlp/a":   {endpoint:   "a:1"}   # to a',
    '            nop/one: # nothing',
    '            nop/two: ~   # nothing',
    '            nop/three: null',
    '        service: {pipelines: {traces/a: {receivers: [otlp], exporters: [ otlp/a , nop/one,nop/two, nop/three]}}}',
    '',
  ];
  const mended = [
    '# mine  ',
    'otelcol: # the collector',
    '    alternateConfig:',
    '        exporters:',
    '            otlp_grpc/a:   {endpoint:   "a:1"}   # to a',
    '            nop/one: {} # nothing',
    '            nop/two: {}   # nothing',
    '            nop/three: {}',
    '        service: {pipelines: {traces/a: {receivers: [otlp], exporters: [ otlp_grpc/a , nop/one,nop/two, nop/three]}}}',
    '',
  ];

  test.each(['\n', '\r\n'])('mends what is certain and leaves every other byte, line ends %j', (end) => {
    const { status, stdout } = cli(['validate', '--fix', 'x.yaml'], { 'x.yaml': broken.join(end) });
    expect(read('x.yaml')).toBe(mended.join(end));
    expect({ status, lines: stdout.split('\n').toSorted() }).toEqual({
      status: 0,
      lines: [
        '',
        '1 file, 0 problems',
        'x.yaml:5:13: otlp/a is now otlp_grpc/a, and in what names it',
        'x.yaml:6:13: null is now {}',
        'x.yaml:7:13: null is now {}',
        'x.yaml:8:13: null is now {}',
      ],
    });
  });

  test('mends values inside an Application, in a block of text too', () => {
    const inner = broken.join('\n          ').trimEnd();
    const text = (values: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    chart: spacelift-telemetry\n    helm:\n        values: |\n          ${values}\n`;
    expect(cli(['validate', '--fix', 'app.yaml'], { 'app.yaml': text(inner) }).status).toBe(0);
    expect(read('app.yaml')).toBe(text(mended.join('\n          ').trimEnd()));
  });

  test.each([
    [
      'a map of the chart that null may be meant to take away',
      'otelcol: {alternateConfig: {processors: {memory_limiter: null}}}\n',
    ],
    [
      'an id whose new name is taken',
      'otelcol: {alternateConfig: {exporters: {otlp/jaeger: {}, otlp_grpc/jaeger: {}}}}\n',
    ],
    ['a guess', 'jaeger: {jaeger: {replica: 1}}\n'],
    ['a key that went elsewhere', 'mode: deployment\n'],
  ])('leaves %s', (_, text) => {
    expect(cli(['validate', '--fix', 'y.yaml'], { 'y.yaml': text }).status).toBe(1);
    expect(read('y.yaml')).toBe(text);
  });

  test('mends what names an id in another file too', () => {
    const files = {
      'one.yaml': 'otelcol: {alternateConfig: {exporters: {otlp/t: {endpoint: "t:1"}}}}\n',
      'two.yaml':
        'otelcol: {alternateConfig: {service: {pipelines: {traces/t: {receivers: [otlp], exporters: [otlp/t]}}}}}\n',
    };
    expect(cli(['validate', '--fix', 'one.yaml', 'two.yaml'], files).status).toBe(0);
    for (const [name, text] of Object.entries(files))
      expect(read(name)).toBe(text.replace('otlp/t', 'otlp_grpc/t'));
  });

  test('writes through a link, keeps the mode, and leaves nothing behind', () => {
    writeFileSync(join(folder, 'real.yaml'), broken.join('\n'));
    chmodSync(join(folder, 'real.yaml'), 0o640);
    symlinkSync('real.yaml', join(folder, 'link.yaml'));
    expect(cli(['validate', '--fix', 'link.yaml']).status).toBe(0);
    expect(read('real.yaml')).toBe(mended.join('\n'));
    expect(statSync(join(folder, 'real.yaml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
