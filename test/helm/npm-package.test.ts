import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { model, renderChart } from '../../generator/index.ts';
import { temporaryFolder } from '../support/chart.ts';
import { blocks, textOf } from '../support/documents.ts';
import { output, run } from '../support/processes.ts';
import { ProjectCopy } from '../support/project-copy.ts';

/** What the library's public part leads to, and no more. */
const DECLARATIONS = [
  'generator/config/conflicts/index',
  'generator/config/conflicts/rule',
  'generator/config/load',
  'generator/config/pins',
  'generator/errors',
  'generator/features/feature',
  'generator/features/index',
  'generator/index',
  'generator/library/validate',
  'generator/migrate/index',
  'generator/model',
  'generator/render/chart-file',
  'generator/render/index',
  'generator/text/json',
  'generator/validate/verdict',
  'generator/values/merge',
  'schema/types/telemetry-config',
  'schema/types/values',
];

const copy = new ProjectCopy(temporaryFolder());
/** A project of somebody else, which has the package and nothing more. */
const user = temporaryFolder();
// No network and nobody's cache: the package has no dependencies.
const env = { npm_config_cache: join(user, 'cache'), npm_config_offline: 'true', npm_config_audit: 'false' };
let archive: string;
let packed: string[];

beforeAll(async () => {
  const stdout = await output('npm', ['pack', '--json', '--pack-destination', user], {
    cwd: copy.folder,
    env,
  });
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')));
  archive = join(user, filename);
  packed = files.map(({ path }: { path: string }) => path).sort();
  writeFileSync(join(user, 'package.json'), '{"type": "module"}');
  await output('npm', ['install', archive], { cwd: user, env });
});

/** Compiles a TypeScript file of the user's, as strictly as can be. */
function compile(text: string) {
  const file = join(user, 'mine.ts');
  writeFileSync(file, text);
  const flags = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--module',
    'nodenext',
    '--moduleResolution',
    'nodenext',
  ];
  const args = ['--noEmit', '--target', 'es2022', '--types', '', ...flags, file];
  return run(resolve('node_modules/.bin/tsc'), args, { cwd: user });
}

describe('the npm package', () => {
  test('has the program, the library with its types, and the chart; nothing else', () => {
    const chart = renderChart(model).map(({ path }) => `chart/${path}`);
    const own = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'dist/cli.js', 'dist/index.js'];
    const types = DECLARATIONS.map((path) => `dist/types/${path}.d.ts`);
    expect(packed).toEqual(
      [
        ...own,
        ...types,
        'dist/validate-values.js',
        'schema/published/argocd-application.schema.json',
        'schema/published/flux-helmrelease.schema.json',
        'schema/published/telemetry-config.schema.json',
        ...chart.filter((path) => !path.startsWith('chart/ci/')),
      ].sort(),
    );
  });

  test('runs by npx in an empty folder', async () => {
    const empty = join(user, 'empty');
    mkdirSync(empty);
    const values = ['values', '--config', '-'];
    const args = ['--yes', `--package=${archive}`, 'spacelift-telemetry', ...values];
    const input = 'storage: {badger: {size: 20Gi}}';
    expect(parse(await output('npx', args, { cwd: empty, env, input }))).toMatchObject({
      storage: { badger: { size: '20Gi' } },
    });
  });

  test('checks values with what it brings', async () => {
    writeFileSync(join(user, 'wrong.yaml'), 'mode: deployment\n');
    const { code, stdout } = await run(
      join(user, 'node_modules/.bin/spacelift-telemetry'),
      ['validate', 'wrong.yaml'],
      {
        cwd: user,
      },
    );
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'wrong.yaml:1:1: /mode: NOT HERE: write otelcol.mode\n1 file, 1 problem\n',
    });
  });

  test('is imported by a script', async () => {
    writeFileSync(
      join(user, 'mine.js'),
      `import { loadConfig, model, overlay, UserError } from 'spacelift-telemetry';
      const config = loadConfig('storage: {badger: {size: 20Gi}}', 'telemetry.yaml');
      let refused;
      try { loadConfig('storge: {}', 'telemetry.yaml'); } catch (error) { refused = error instanceof UserError; }
      const files = ['values.schema.json', 'telemetry-config.schema.json', 'flux-helmrelease.schema.json',
        'argocd-application.schema.json', 'presets/badger.yaml', 'package.json'];
      const found = files.map((file) => import.meta.resolve('spacelift-telemetry/' + file).split('/').at(-1));
      console.log(JSON.stringify({ size: overlay(config, model).storage.badger.size, refused, found }));`,
    );
    expect(JSON.parse(await output(process.execPath, ['mine.js'], { cwd: user }))).toEqual({
      size: '20Gi',
      refused: true,
      found: [
        'values.schema.json',
        'telemetry-config.schema.json',
        'flux-helmrelease.schema.json',
        'argocd-application.schema.json',
        'badger.yaml',
        'package.json',
      ],
    });
  });

  test('judges and migrates files for a script', async () => {
    const [script = ''] = blocks(textOf('README.md', 'From a script'), 'js');
    writeFileSync(join(user, 'script.js'), script);
    writeFileSync(join(user, 'my-values.yaml'), 'mode: deployment\n');
    writeFileSync(join(user, 'jaeger-values.yaml'), 'storage: {type: memory}\nagent: {enabled: true}\n');
    const printed = await output(process.execPath, ['script.js'], { cwd: user });
    expect(printed.trim().split('\n')).toEqual([
      'my-values.yaml:1:1: /mode: NOT HERE: write otelcol.mode',
      expect.stringMatching(/^jaeger-values\.yaml:2:1: \/agent: Jaeger has no agent any more/),
      '{"storage":{"memory":{}}}',
      expect.stringMatching(/^\{"presets":\{"debug":"info"/),
    ]);
  });

  test('has types that compile, and refuse wrong values', async () => {
    const right = `import { type ChartFile, loadConfig, merge, model, overlay, migrate, type Migration, presets, type Problem, printProblem, renderChart,
        type SourceFile, type TelemetryConfig, validate, type Values, values, type Verdict } from 'spacelift-telemetry';
      export const config: TelemetryConfig = { storage: { badger: { size: '20Gi' } } };
      export const all: Values = merge(values(config, model), overlay(loadConfig('', 'x.yaml'), model));
      export const files: readonly ChartFile[] = renderChart(model);
      export const names: string[] = presets.map(({ name }) => name);
      const sources: readonly SourceFile[] = [{ file: 'v.yaml', text: '' }];
      export const verdict: Promise<Verdict> = validate(sources);
      export const said = async () => (await verdict).problems.map((problem: Problem) => printProblem(problem));
      export const { config: moved, notes }: Migration = migrate(sources);
      `;
    expect(await compile(right)).toEqual({ code: 0, stdout: '', stderr: '' });
    const wrong: [string, string][] = [
      ['export const section: TelemetryConfig = { storge: {} };', 'storge'],
      [
        'export const size: TelemetryConfig = { storage: { badger: { size: 20 } } };',
        "'number' is not assignable",
      ],
      ['export const dead: Values = { jaeger: { allInOne: {} } };', 'allInOne'],
      ['export const made: number = renderChart(model);', "'ChartFile[]' is not assignable"],
      ["export const late = validate('v.yaml');", "'string' is not assignable"],
      [
        'export const waited: Verdict = validate(sources);',
        "missing the following properties from type 'Verdict'",
      ],
    ];
    const { code, stdout } = await compile(right + wrong.map(([line]) => line).join('\n'));
    expect(code).not.toBe(0);
    const errors = stdout.split('\n').filter((line) => line.startsWith('mine.ts'));
    expect(errors).toHaveLength(wrong.length);
    for (const [index, [, part]] of wrong.entries()) expect(errors[index]).toContain(part);
  });

  test('generates the chart where its user wants it, and says what Helm needs then', async () => {
    const cli = join(user, 'node_modules/.bin/spacelift-telemetry');
    const generated = await output(cli, ['generate', '--out', 'telemetry'], { cwd: user });
    expect(generated).toContain('helm dependency update telemetry\n');
    const checked = await output(cli, ['generate', '--check', '--out', 'telemetry'], { cwd: user });
    expect(checked).toMatch(/^telemetry is up to date/);
  });
});
