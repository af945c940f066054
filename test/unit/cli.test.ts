import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { baseValues, model } from '../../generator/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the bundle, as a user has it. */
function cli(args: string[], input = '') {
  const bin = resolve('dist/cli.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('spacelift-telemetry', () => {
  test('prints its version and its usage', () => {
    expect(cli(['--version'])).toEqual({ status: 0, stdout: `${model.chart.version}\n`, stderr: '' });
    for (const option of [
      'generate',
      'values',
      'validate',
      'migrate',
      '--out',
      '--check',
      '--config',
      '--full',
      '--format',
      '--fix',
    ]) {
      expect(cli(['--help']).stdout).toContain(option);
    }
  });

  test.each([
    [[], 'a command is missing'],
    [['genrate'], 'unknown command "genrate"'],
    [['constructor'], 'unknown command "constructor"'],
    [['generate', 'there'], 'generate takes no argument "there"'],
    [['generate', '--full'], 'generate has no option --full; it takes --out, --check'],
    [['--what'], "Unknown option '--what'"],
    [['generate', '--out'], "Option '--out <value>' argument missing"],
  ])('refuses %j in one line', (args, message) => {
    const { status, stdout, stderr } = cli(args);
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `${message}; see spacelift-telemetry --help\n`,
    });
  });

  test('generates a chart twice with equal bytes, and finds it up to date', () => {
    const { stdout } = cli(['generate', '--out', 'made']);
    expect(stdout).toMatch(/^made: \d+ files, \d+ written, 0 removed\n/);
    expect(stdout).toContain(': helm dependency update made\n');
    expect(cli(['generate', '--out', 'made']).stdout).toMatch(/ 0 written, 0 removed\n/);
    expect(cli(['generate', '--out', 'made', '--check'])).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(join(folder, 'made/extra.yaml'), 'x: 1\n');
    expect(cli(['generate', '--out', 'made', '--check'])).toMatchObject({
      status: 1,
      stderr:
        'made/extra.yaml: was not made by this generator; choose an empty folder with --out, or move the file away\n',
    });
  });

  test('prints the overlay of a configuration, or all values', () => {
    const config = 'storage: {badger: {size: 20Gi}}';
    const { stdout } = cli(['values', '--config', '-'], config);
    expect(parse(stdout)).toMatchObject({
      presets: { storage: 'badger' },
      storage: { badger: { size: '20Gi' } },
    });
    expect(parse(stdout).otelcol).toBeUndefined();
    const schema = `${model.project.files}/chart/values.schema.json`;
    for (const text of [stdout, cli(['values', '--full']).stdout]) {
      expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=${schema}`);
    }
    expect(parse(cli(['values', '--full']).stdout)).toEqual(JSON.parse(JSON.stringify(baseValues(model))));
  });

  test('refuses a missing file and a wrong one, and prints nothing else', () => {
    expect(cli(['values', '--config', 'none.yaml'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'none.yaml: there is no such file; give an existing one\n',
    });
    expect(cli(['values', '--config', '-'], 'storage: {badgr: {}}')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('-:1:11: /storage/badgr: unknown key "badgr"'),
    });
    expect(cli(['values', '--config', folder])).toMatchObject({ status: 1, stdout: '' });
  });

  test('migrates old values files: the configuration on standard output, the rest on standard error', () => {
    const old = 'allInOne: {nodeSelector: {a: b}}\nstorage: {type: badger}\n';
    const { status, stdout, stderr } = cli(['migrate', '-'], old);
    expect(status).toBe(0);
    expect(parse(stdout)).toEqual({ storage: { badger: {} } });
    expect(stderr).toMatch(/^-:1:12: \/allInOne\/nodeSelector: the chart renamed allInOne/);
    expect(stderr).toContain('\n    jaeger:\n      jaeger:\n        nodeSelector:\n          a: b\n');
    expect(cli(['migrate', '-'], 'storage: {type: elasticsearch}\n')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('/storage/elasticsearch: urls is missing; write for instance urls: '),
    });
  });
});
