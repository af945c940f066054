import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { loadConfig, model, values } from '../../generator/index.ts';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, helm, template } from '../support/helm.ts';

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
  [/^helm test \S+ --namespace \S+ --logs$/, helmTest],
  [/^kubectl create secret generic /, secretIsRead],
  [/^kubectl port-forward .* service\/\S+ \d+$/, portForward],
];

/** Some configuration of the documents reads each key of the Secret, under its name. */
function secretIsRead(command: string) {
  const [, name = ''] = /generic (\S+) /.exec(command) ?? [];
  const keys = [...command.matchAll(/--from-literal=([^=]+)=/g)].map(([, key]) => key ?? '');
  const configs = blocks('docs/presets.md', 'yaml').map((text) => loadConfig(text, 'docs/presets.md'));
  const readers = configs.map((config) => JSON.stringify(values(config, model)));
  expect(keys).not.toEqual([]);
  expect(readers.some((text) => [name, ...keys].every((word) => text.includes(word)))).toBe(true);
}

const scratch = mkdtempSync(join(tmpdir(), 'readme-'));

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

  test('links to files that are there', () => {
    const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!http|#)([^)]+)\)/g)].map(
      ([, target]) => target ?? '',
    );
    expect(links.filter((target) => !existsSync(join(dirname(file), target)))).toEqual([]);
  });
});
