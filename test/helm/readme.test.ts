import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../generator/index.ts';
import { model } from '../../generator/model.ts';
import { targetOf } from '../../scripts/publish-chart.mjs';
import { type RenderableChart, renderableChart, STUBS, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm, template } from '../support/helm.ts';
import { ProjectCopy } from '../support/project-copy.ts';

const [version = '4.3'] = chosenHelms().toReversed();
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;

/** Fenced blocks of one language, in order. */
const blocks = (file: string, language: string) =>
  [...readFileSync(file, 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text]) => text ?? '',
  );

/** Commands of the shell blocks, each on one line and without its comment. */
const commandsOf = (file: string) =>
  blocks(file, 'sh')
    .flatMap((block) => block.replaceAll('\\\n', ' ').split(/\n|&&/))
    .map((line) => line.replace(/\s+#.*/, '').trim())
    .filter((line) => line !== '');

let chart: RenderableChart;
beforeAll(async () => {
  chart = await renderableChart();
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
});

/** What proves a command without a cluster; the `e2e` level runs the rest. */
const proofs: readonly [RegExp, (command: string, context: TestContext) => unknown][] = [
  [/^npm ci$/, () => expect(existsSync('package-lock.json')).toBe(true)],
  [/^npm test$/, () => expect(scripts).toHaveProperty('test')],
  [
    /^npm run (--silent )?([\w:]+)$/,
    (command) => expect(scripts).toHaveProperty([command.split(' ').at(-1) ?? '']),
  ],
  [/^node dist\/cli\.js /, generator],
  [/^helm (install|upgrade) /, render],
  [/^kubectl create secret generic /, secretOfPresets],
  [/^helm test \S+ --namespace \S+ --logs$/, helmTest],
  [/^kubectl port-forward .* service\/\S+ \d+$/, portForward],
  [/^npm version /, raiseVersion],
  [/^git (tag|push origin) v\d+\.\d+\.\d+$/, releases],
  [/^helm registry login \S+$/, knownToHelm],
  // What it does then is in publish.test.ts.
  [/^npm run publish:chart -- /, (command) => targetOf(command.split(' ').slice(4))],
];

const scratch = mkdtempSync(join(tmpdir(), 'readme-'));
const raised = temporaryFolder();

/** Runs the README's own configuration through the command, and leaves what it redirects for the next one. */
function generator(command: string) {
  const [, args = '', target = ''] = /^node dist\/cli\.js (.*?) > (.*)$/.exec(command) ?? [];
  const config = blocks('README.md', 'yaml').find((block) => block.startsWith('# telemetry.yaml'));
  writeFileSync(join(scratch, 'telemetry.yaml'), config ?? '');
  const cli = join(process.cwd(), 'dist/cli.js');
  const made = execFileSync(process.execPath, [cli, ...args.split(' ')], { cwd: scratch, encoding: 'utf8' });
  expect(made).toContain('50Gi');
  writeFileSync(join(scratch, target), made);
}

/** Blocks that call themselves a file, in the folder of the commands that name it. */
for (const block of blocks('docs/presets.md', 'yaml')) {
  const [, name] = /^# (\S+\.yaml)\n/.exec(block) ?? [];
  if (name !== undefined && name !== 'telemetry.yaml') writeFileSync(join(scratch, name), block);
}

/** The command makes the Secret, and all the keys, that a storage's preset reads. */
function secretOfPresets(command: string) {
  const [, name] = / generic (\S+) /.exec(command) ?? [];
  const keys = [...command.matchAll(/--from-(?:literal|file)=(\w+)/g)].map(([, key]) => key);
  if (name === model.secrets.jaeger.name) return expect(keys).toEqual(loginKeys());
  const preset = readFileSync('chart/presets/cassandra.yaml', 'utf8');
  const read = [...preset.matchAll(/secretKeyRef:\s+name: (\S+)\s+key: (\S+)/g)];
  expect(read.map(([, secret, key]) => `${secret} ${key}`)).toEqual(keys.map((key) => `${name} ${key}`));
}

/** The keys of the Secret for Jaeger: what its login reads, and what `helm test` reads. */
function loginKeys(): string[] {
  const preset = parse(readFileSync('chart/presets/ui-auth.yaml', 'utf8'));
  const file = preset.jaeger.userconfig.extensions.basicauth.htpasswd.file as string;
  const verify = readFileSync('chart/templates/tests/verify.yaml', 'utf8');
  const read = [...verify.matchAll(/"JAEGER_[A-Z]+" "(\w+)"/g)].map(([, key]) => key ?? '');
  return [file.replace(`${model.secrets.jaeger.mountPath}/`, ''), ...read];
}

/** Renders as the command would install, with its own flags and files. */
async function render(command: string) {
  const args = command.split(/\s+/).slice(2);
  const known = args.map((arg) => {
    if (arg === './chart') return chart.folder;
    return existsSync(join(scratch, arg)) ? join(scratch, arg) : arg;
  });
  expect(await helm(version, ['template', ...known])).toMatchObject({ code: 0, stderr: '' });
}

/** The Service that the command names has the port that it names; forwarding it is the `e2e` level's. */
async function portForward(command: string, context: TestContext) {
  if (!chart.real) context.skip(STUBS);
  const [, name, port] = / service\/(\S+) (\d+)$/.exec(command) ?? [];
  const { objects } = await template(version, chart.folder);
  const service = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
  expect(JSON.stringify(service?.['spec'])).toContain(`"port":${port},`);
}

/** The version of package.json and its lock is another, and the chart's follows. */
async function raiseVersion(command: string) {
  const copy = new ProjectCopy(raised);
  const [program = '', ...args] = command.split(' ');
  await copy.run(program, ...args);
  await copy.run('npm', 'run', '--silent', 'generate');
  const [own, locked, chartYaml] = ['package.json', 'package-lock.json', 'chart/Chart.yaml'].map((file) =>
    parse(readFileSync(join(copy.folder, file), 'utf8')),
  );
  expect(own.version).not.toBe(model.chart.version);
  expect([locked.version, chartYaml.version]).toEqual([own.version, own.version]);
}

/** The workflow takes the tag for a release. */
function releases() {
  expect(parse(readFileSync('.github/workflows/release.yml', 'utf8')).on).toEqual({ push: { tags: ['v*'] } });
}

/** Helm has the command, of which a person answers the questions. */
async function knownToHelm(command: string) {
  const { code, stdout } = await helm(version, [...command.split(' ').slice(1), '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('helm registry login [host] [flags]');
}

/** The chart has a test to run. */
async function helmTest() {
  const { objects } = await template(version, chart.folder);
  const tests = objects.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === 'test');
  expect(tests.map(({ kind }) => kind)).toEqual(['Pod']);
}

describe.each(['README.md', 'CONTRIBUTING.md', 'chart/README.md', 'docs/presets.md'])('%s', (file) => {
  test('has commands, and each of them works', async (context) => {
    const commands = commandsOf(file);
    expect(commands).not.toEqual([]);
    for (const command of commands) {
      const proof = proofs.find(([pattern]) => pattern.test(command))?.[1];
      expect(proof, `nothing proves: ${command}`).toBeDefined();
      await proof?.(command, context);
    }
  });

  test('has configurations that are accepted', () => {
    const configs = blocks(file, 'yaml').filter((block) => block.startsWith('# telemetry.yaml'));
    for (const config of configs) expect(() => loadConfig(config, 'telemetry.yaml')).not.toThrow();
  });

  test('links to files that are there', () => {
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!http|#)([^)]+)\)/g)].map(
      ([, target]) => target ?? '',
    );
    expect(links.filter((target) => !existsSync(join(dirname(file), target.replace(/#.*/, ''))))).toEqual([]);
  });
});
