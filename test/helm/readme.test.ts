import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig, model, values } from '../../generator/index.ts';
import { type RenderableChart, renderableChart, STUBS, temporaryFolder } from '../support/chart.ts';
import { blocks, commandsIn, DOCUMENTS, textOf } from '../support/documents.ts';
import { type FileServer, serveFolder } from '../support/file-server.ts';
import { chosenHelms, template } from '../support/helm.ts';
import { Terminal } from '../support/terminal.ts';
import { generatorProofs } from './generator-commands.ts';
import { releaseProofs } from './release-commands.ts';

const helms = chosenHelms();
const [version = '4.3'] = helms.toReversed();
/** The flags of Helm 3 are not those of Helm 4. */
const oldestAndNewest = [...new Set([helms[0] ?? version, version])];
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;
const registry = `${model.project.charts}/${model.chart.name}`;

let chart: RenderableChart;
let files: FileServer;
let terminals: Terminal[];
beforeAll(async () => {
  chart = await renderableChart();
  files = await serveFolder(process.cwd());
  terminals = await Promise.all(oldestAndNewest.map((helm) => Terminal.open(helm)));
  for (const terminal of terminals) terminal.setEnv({ KUBECONFIG: deadCluster() });
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
});
afterAll(async () => {
  await Promise.all(terminals.map((terminal) => terminal.close()));
  await files.close();
});

const scratch = temporaryFolder();

/** What proves a command without a cluster; the `e2e` level runs it on one. */
const proofs: readonly [RegExp, ((command: string) => unknown)[]][] = [
  [/^npm ci$/, [() => expect(existsSync('package-lock.json')).toBe(true)]],
  [/^npm test$/, [() => expect(scripts).toHaveProperty('test')]],
  [
    /^npm run (--silent )?([\w:]+)$/,
    [(command) => expect(scripts).toHaveProperty([command.split(' ').at(-1) ?? ''])],
  ],
  [/^git clone \S+$/, [(command) => expect(command).toContain(` ${model.project.repository}.git`)]],
  [/^cd \S+$/, [(command) => expect(model.project.repository).toMatch(new RegExp(`/${command.slice(3)}$`))]],
  [/^git pull$/, [gitHasIt]],
  ...generatorProofs(scratch),
  [/^helm (install|upgrade) /, [render, reachesForTheCluster]],
  [/^helm template /, [render]],
  [/^helm test \S+ --namespace \S+ --logs$/, [helmTest, reachesForTheCluster]],
  [/^kubectl port-forward /, [hasPort, namesWhatIsThere, reachesForTheCluster]],
  [/^curl http:\/\/localhost:\d+\/status$/, [healthPort]],
  [/^kubectl create secret generic /, [isReadBySomething]],
  [/^kubectl /, [namesWhatIsThere, reachesForTheCluster]],
  [/^helm (uninstall|rollback|status) /, [reachesForTheCluster]],
  ...releaseProofs,
];

/** Git prints the usage of a command that it has, and ends with 129; with 1 for any other. */
function gitHasIt(command: string) {
  const help = () => execFileSync('git', [...command.split(' ').slice(1), '-h'], { stdio: 'ignore' });
  expect(help).toThrow(expect.objectContaining({ status: 129 }));
}

/** A kubeconfig of a cluster that does not answer: a program that asks it has understood its command line. */
function deadCluster(): string {
  const path = join(scratch, 'kubeconfig');
  const cluster = { name: 'dead', cluster: { server: 'http://127.0.0.1:1' } };
  const context = { name: 'dead', context: { cluster: 'dead', user: '' } };
  const head = { apiVersion: 'v1', kind: 'Config', 'current-context': 'dead' };
  writeFileSync(path, JSON.stringify({ ...head, clusters: [cluster], contexts: [context] }));
  return path;
}

/** The command with what a release will have published replaced by what is here. */
function published(command: string): string {
  return command
    .replaceAll(model.project.files, files.url)
    .replace(`${registry} --version ${model.chart.version}`, chart.folder)
    .replaceAll(' ./chart', ` ${chart.folder}`)
    .replaceAll(/(?<= --values )[\w-]+\.yaml/g, (name) => join(scratch, name));
}

/** Blocks that call themselves a file, in the folder of the commands that name it. */
function writeFilesOf(file: string) {
  for (const block of blocks(textOf(file), 'yaml')) {
    const [, name] = /^# (\S+\.yaml)\n/.exec(block) ?? [];
    if (name !== undefined) writeFileSync(join(scratch, name), block);
  }
}

/** Some configuration of the documents, or a preset, reads each key of the Secret under its name. */
function isReadBySomething(command: string) {
  const [, name = ''] = /generic (\S+) /.exec(command) ?? [];
  const keys = [...command.matchAll(/--from-(?:literal|file)=([\w-]+)/g)].map(([, key]) => key ?? '');
  const configs = blocks(textOf('docs/presets.md'), 'yaml').filter((text) =>
    text.startsWith('# telemetry.yaml'),
  );
  const made = configs.map((text) => JSON.stringify(values(loadConfig(text, 'docs/presets.md'), model)));
  const read = (paths: string[]) => paths.map((path) => readFileSync(`chart/${path}`, 'utf8')).join();
  const login = read(['presets/ui-auth.yaml', 'templates/tests/verify.yaml']) + model.secrets.jaeger.name;
  const readers = [...made, read(['presets/cassandra.yaml']), login];
  expect(keys).not.toEqual([]);
  expect(readers.some((text) => [name, ...keys].every((word) => text.includes(word)))).toBe(true);
}

/** Renders as the command would install, with its own files; files of a release come by HTTP as they will. */
async function render(command: string) {
  const rest = published(command).replace(/^helm (install|upgrade|template) /, '');
  const line = rest.replaceAll(/ --(take-ownership|reset-values|install)(?=\s|$)/g, '');
  const outcome = await terminals.at(-1)?.run(`helm template ${line}`);
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
}

/** The program takes the command line as it stands, and fails at the cluster alone. */
async function reachesForTheCluster(command: string) {
  for (const terminal of command.startsWith('helm ') ? terminals : terminals.slice(-1)) {
    const { code, stderr } = await terminal.run(published(command));
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/connection refused|was refused/);
  }
}

let rendered: ReturnType<typeof template> | undefined;
/** The chart with every object that it can have, in the namespace of the documents. */
function withBadger() {
  const values = [`${chart.folder}/presets/badger.yaml`];
  rendered ??= template(version, chart.folder, { values, namespace: 'monitoring' });
  return rendered;
}

const BEFORE_US = ['jaeger-badger'];

/** Each object that the command names is the chart's, Spacelift's by the chart's values, or the old guide's. */
async function namesWhatIsThere(command: string) {
  if (!chart.real) return console.warn(STUBS);
  const { objects } = await withBadger();
  const settings = objects.find(({ metadata }) => metadata.name === `${model.chart.name}-settings`);
  const known = [...objects.map(({ metadata }) => metadata.name), ...BEFORE_US, 'monitoring', 'spacelift'];
  const isKnown = (name: string) => known.includes(name) || JSON.stringify(settings).includes(`"${name}\\"`);
  const named = command
    .replaceAll(/'[^']*'/g, '')
    .matchAll(/(?:^kubectl (?!rollout)\w+ [a-z,]+ |namespace |\b[a-z]+\/)([a-z][\w.-]+)/g);
  const names = [...named].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !isKnown(name))).toEqual([]);
}

/** The Service or Deployment that the command names has the port that it names. */
async function hasPort(command: string) {
  if (!chart.real) return console.warn(STUBS);
  const [, kind, name, port] = / (service|deployment)\/(\S+) (\d+)$/.exec(command) ?? [];
  const { objects } = await withBadger();
  const its = objects.find((object) => object.kind.toLowerCase() === kind && object.metadata.name === name);
  expect(JSON.stringify(its?.['spec'])).toMatch(new RegExp(`"(port|containerPort)":${port},`));
}

/** Jaeger listens for questions after its health at that port, on every address of its pod. */
async function healthPort(command: string) {
  const port = /localhost:(\d+)\/status$/.exec(command)?.[1];
  const { objects } = await withBadger();
  const config = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'user-config',
  );
  expect(JSON.stringify(config)).toContain(`endpoint: 0.0.0.0:${port}`);
}

/** The chart has tests to run. */
async function helmTest() {
  const { objects } = await withBadger();
  const tests = objects.filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === 'test');
  expect(tests.map(({ kind }) => kind)).toEqual(['Pod', 'Pod']);
}

describe.each(DOCUMENTS.filter((file) => commandsIn(textOf(file)).length > 0))('%s', (file) => {
  beforeAll(() => writeFilesOf(file));

  test.each(commandsIn(textOf(file)))('%s', async (command) => {
    const proof = proofs.find(([pattern]) => pattern.test(command))?.[1];
    expect(proof, `nothing proves: ${command}`).toBeDefined();
    for (const prove of proof ?? []) await prove(command);
  });
});
