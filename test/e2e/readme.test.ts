import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { createNamespace, deleteNamespaces, describeTrouble, kubectl } from '../support/cluster.ts';
import { blocks, commandsIn, commandUnder, textOf } from '../support/documents.ts';
import { jaegerApi } from '../support/jaeger.ts';
import { type RunningProcess, whySkipped } from '../support/processes.ts';
import { Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { Terminal } from '../support/terminal.ts';
import { extraValues, helms, images, whyNot } from './settings.ts';
import { seconds } from './stage.ts';

const TROUBLESHOOTING = 'docs/troubleshooting.md';
/** The README's own names: nothing of a command is changed here. */
const NAMESPACES = ['monitoring', 'spacelift'];

const missing = (await whyNot()) || (await whyTaken());

/** Namespaces of that name may be somebody's real ones. */
async function whyTaken(): Promise<string> {
  const found = await kubectl(['get', 'namespace', ...NAMESPACES, '--ignore-not-found', '--output=name']);
  const reasons = found.trim() === '' ? [] : [`the cluster has ${found.trim().replaceAll('\n', ' and ')}`];
  return whySkipped('e2e', reasons, 'REQUIRE_E2E');
}

describe.skipIf(missing).each(helms.slice(-1))(`the README, by Helm %s${missing}`, (version) => {
  const spacelift = new Spacelift('spacelift', images);
  let terminal: Terminal;
  let folder: string;
  const open: RunningProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newcomer-'));
    await createNamespace('spacelift');
    await spacelift.applySecret();
    await spacelift.start();
    terminal = await Terminal.open(version, { valuesFiles: extraValues });
    terminal.setEnv(cloneFrom(process.cwd()));
    terminal.cwd = folder;
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await describeTrouble(...NAMESPACES));
  });
  afterAll(async () => {
    await Promise.all(open.map((process) => process.end('SIGTERM')));
    await terminal.close();
    await deleteNamespaces(...NAMESPACES);
    await rm(folder, { recursive: true });
  });

  const typeFrom = (file: string, heading: string, pattern: RegExp) =>
    terminal.type(commandUnder(file, heading, pattern));

  /** Leaves a port-forward of a document running, and returns when it forwards. */
  const forward = async (file: string, heading: string, url: string) => {
    open.push(terminal.start(commandUnder(file, heading, /^kubectl port-forward/)));
    const answers = () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(answers, { timeout: 60_000, interval: 250 }).toBe(true);
  };

  test('leads from a clone to the first trace of Spacelift', async () => {
    const [install = ''] = blocks(textOf('README.md', 'Install'), 'sh');
    const commands = commandsIn(`\`\`\`sh\n${install}\`\`\`\n`);
    const start = Date.now();
    const took: string[] = [];
    for (const command of commands) {
      const begun = Date.now();
      await terminal.type(command);
      took.push(`${command.split(' ').slice(0, 3).join(' ')} ${seconds(begun)}`);
    }
    const port = `http://localhost:${model.ports.query}`;
    await forward('README.md', 'Look at the traces', port);
    const jaeger = jaegerApi(async (path) => (await fetch(port + path)).text());
    const ofSpacelift = expect.arrayContaining([expect.stringMatching(/^spacelift-/)]);
    await expect.poll(() => jaeger.services(), { timeout: 120_000, interval: 250 }).toEqual(ofSpacelift);
    const minutes = ((Date.now() - start) / 60_000).toFixed(1);
    console.log(
      `${commands.length + 1} commands and ${minutes} minutes from the clone to the first trace: ${took.join(', ')}`,
    );
  });

  test('proves the path, and says where to look for what, as written in Troubleshooting', async () => {
    const from = (heading: string, pattern: RegExp) => typeFrom(TROUBLESHOOTING, heading, pattern);
    expect(await from('No traces', /^helm test/)).toContain('Spans arrive');
    expect(await from('1. Spacelift', / get secret /)).toContain('OpenTelemetry http://');
    expect(await from('1. Spacelift', /^kubectl events/)).toContain('SpaceliftConnected');
    expect(await from('1. Spacelift', /^kubectl logs/)).toContain('OpenTelemetry');
    expect(await from('2. Collector', /^kubectl logs/)).toContain('Everything is ready');
    expect(await from('3. Jaeger', /^kubectl logs/)).toContain('Everything is ready');
    expect(await from('4. Health', /^kubectl get pods/)).toContain('1/1');
    await forward(TROUBLESHOOTING, '4. Health', `http://localhost:${model.ports.health}/status`);
    expect(await from('4. Health', /^curl/)).toContain('StatusOK');
    const previous = await from('Put Spacelift back by hand', /^kubectl get /);
    expect(Object.keys(JSON.parse(previous))).toContain('OBSERVABILITY_VENDOR');
  });

  test('turns debug logs on and off', async () => {
    await typeFrom(TROUBLESHOOTING, '5. Debug logs', /debug\.yaml$/);
    expect(await userValues()).toContain('debug');
    await typeFrom(TROUBLESHOOTING, '5. Debug logs', /--reset-values$/);
    expect(await userValues()).not.toContain('debug');
  });

  test('switches the storage, goes back, and uninstalls', async () => {
    await typeFrom('README.md', 'Presets', /^helm upgrade \S+ \.\/chart/);
    expect(await userValues()).toContain('reconcile');
    const claim = await typeFrom(TROUBLESHOOTING, '3. Jaeger', /^kubectl describe/);
    expect(claim).toContain('helm.sh/resource-policy: keep');
    await typeFrom('README.md', 'Upgrade', /^helm rollback/);
    expect(await userValues()).not.toContain('reconcile');
    await typeFrom('README.md', 'Uninstall', /^helm uninstall/);
    expect((await spacelift.secret()).values).toEqual(TERRAFORM);
    await typeFrom('README.md', 'Storage', /^kubectl delete/);
  });

  const userValues = () => terminal.type('helm get values spacelift-telemetry --namespace monitoring');
});

/** Lets Git take the project from a folder of this machine where a command names its address. */
function cloneFrom(repository: string): Record<string, string> {
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.file://${repository}.insteadOf`,
    GIT_CONFIG_VALUE_0: `${model.project.repository}.git`,
  };
}
