import { describe, expect, test } from 'vitest';
import { commandLine } from '../../support/command-line.ts';

const { cli } = commandLine();

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
