import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ANNOTATION } from '../../hook/names.ts';
import { createNamespace, deleteNamespaces, kubectl } from '../support/cluster.ts';
import { commandUnder } from '../support/documents.ts';
import { type Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { Terminal } from '../support/terminal.ts';
import { expectCode, expectConnected, expectDisconnected, startSpacelift } from './connection.ts';
import { listen } from './hook-words.ts';
import { observe } from './observation.ts';
import { extraValues, helms, newest, whyNot, whyShort } from './settings.ts';
import { Stage } from './stage.ts';

const DOCUMENT = 'docs/troubleshooting.md';
const INSTALL = commandUnder('README.md', 'Install', /^helm install .* \.\/chart /);
const UPGRADE = INSTALL.replace('install', 'upgrade --install');
const UNINSTALL = commandUnder('README.md', 'Uninstall', /^helm uninstall/);
const BADGER = '--values chart/presets/badger.yaml';
const STRICT = '--set spacelift.connect.onDisconnectFailure=fail';

const missing = await whyNot();

describe.skipIf(missing).each(helms)(`a release that is stuck, by Helm %s${missing}`, (version) => {
  const stage = new Stage(version);
  const hooksRole = `spacelift-telemetry-${stage.monitoring}`;
  let spacelift: Spacelift;
  let terminal: Terminal;
  beforeAll(async () => {
    await stage.setUp();
    terminal = await Terminal.open(version, {
      valuesFiles: extraValues,
      // One Deployment is restarted like three, and sooner.
      values: { spacelift: { namespace: stage.spacelift, deployments: ['spacelift-server'] } },
      meanings: { monitoring: stage.monitoring, spacelift: stage.spacelift },
    });
    spacelift = await startSpacelift(stage);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await stage.trouble());
  });
  afterAll(async () => {
    await terminal.close();
    await stage.tearDown('the release that is stuck');
  });

  /** Types the command that stands under a heading, as it stands there. */
  const typeFrom = (heading: string, pattern: RegExp) =>
    terminal.type(commandUnder(DOCUMENT, heading, pattern));

  const status = async () => /STATUS: (\S+)/.exec(await typeFrom('Stuck releases', /^helm status/))?.[1];

  /** Kills Helm while it waits for the Job that connects. */
  const killInHook = async (command: string) => {
    const job = ['job/spacelift-telemetry-connect', '--namespace', stage.monitoring];
    const found = () => kubectl(['get', ...job, '--ignore-not-found', '--output=name']);
    const helm = terminal.start(command);
    await expect.poll(found, { timeout: 120_000, interval: 50 }).not.toBe('');
    await helm.end('SIGKILL');
  };

  const expectRefusal = async (command: string, sentence: string) => {
    const outcome = await terminal.run(command);
    expectCode(outcome, 'not zero');
    expect(outcome.stderr).toContain(sentence);
  };

  /** An uninstall whose hook fails, as its right has been taken away. */
  const uninstallWithoutRights = async () => {
    await kubectl(['delete', 'rolebinding', hooksRole, '--namespace', stage.spacelift]);
    expectCode(await terminal.run(UNINSTALL), 'not zero');
    expect(await status()).toBe('uninstalling');
  };

  const putBackByHand = async () => {
    await typeFrom('Put Spacelift back by hand', / patch /);
    await typeFrom('Put Spacelift back by hand', / rollout /);
    const { values, annotations } = await spacelift.secret();
    expect(values).toEqual(TERRAFORM);
    expect(Object.keys(annotations)).not.toContain(ANNOTATION.owner);
  };

  test('pending-install: it can be uninstalled, and installed again', async () => {
    await killInHook(INSTALL);
    expect(await status()).toBe('pending-install');
    const log = commandUnder(DOCUMENT, 'The connection was refused', /^kubectl logs/);
    const logged = async () => (await terminal.run(log)).stdout; // its pod may still be on its way
    await expect.poll(logged, { timeout: 60_000, interval: 250 }).not.toBe('');
    await expectRefusal(UPGRADE, 'another operation (install/upgrade/rollback) is in progress');
    await typeFrom('pending-install', /^helm uninstall/);
    await terminal.type(`${INSTALL} ${BADGER} ${STRICT}`);
    await expectConnected(stage, spacelift);
  });

  test('uninstalling: it can be kept', async () => {
    await uninstallWithoutRights();
    await expectRefusal(UPGRADE, 'has no deployed releases');
    await typeFrom('uninstalling', /^helm rollback/);
    expect(await status()).toBe('deployed');
    await expectConnected(stage, spacelift);
  });

  test('uninstalling: it goes when its right is there again, and puts Spacelift back', async () => {
    const binding = await kubectl(['get', 'rolebinding', hooksRole, '-o=json', '-n', stage.spacelift]);
    await uninstallWithoutRights();
    const { metadata, ...rest } = JSON.parse(binding);
    const { name, namespace, labels, annotations } = metadata;
    const again = { ...rest, metadata: { name, namespace, labels, annotations } };
    await kubectl(['create', '--filename=-'], { input: JSON.stringify(again) });
    const uninstall = () => typeFrom('uninstalling', /^helm uninstall \S+ --namespace \S+$/);
    await observe('stuck-uninstall', stage, () => listen(stage, 'disconnect', uninstall));
    await expectDisconnected(spacelift);
  });

  test('a kept claim: a release of another name takes it over when it is told to', async () => {
    const install = commandUnder(DOCUMENT, 'A kept claim and another release name', /^helm install/);
    await expectRefusal(install.replace('--take-ownership', ''), 'cannot be imported');
    await terminal.type(install);
    await expectConnected(stage, spacelift);
    await terminal.type('helm uninstall telemetry --namespace monitoring');
    await typeFrom('A kept claim and another release name', /^kubectl delete/);
  });

  test('pending-upgrade: it can be rolled back', async () => {
    await terminal.type(INSTALL);
    await killInHook(UPGRADE);
    expect(await status()).toBe('pending-upgrade');
    await typeFrom('pending-upgrade', /^helm rollback/);
    expect(await status()).toBe('deployed');
    await expectConnected(stage, spacelift);
  });

  test('uninstalling: it goes without its hook, and Spacelift is put back by hand', async () => {
    await terminal.type(`${UPGRADE} ${STRICT}`);
    await uninstallWithoutRights();
    await typeFrom('uninstalling', /--no-hooks$/);
    await putBackByHand();
    await expectRefusal(commandUnder(DOCUMENT, 'Stuck releases', /^helm status/), 'not found');
  });

  if (version === newest) {
    test('a deleted namespace of the release: what is left can be taken over, and taken away', async () => {
      await terminal.type(INSTALL);
      await deleteNamespaces(stage.monitoring);
      await expectConnected(stage, spacelift);
      await terminal.type(INSTALL);
      await expectConnected(stage, spacelift);
      await deleteNamespaces(stage.monitoring);
      await putBackByHand();
      await typeFrom('The namespace of the release is gone', /^kubectl delete role,rolebinding /);
    });

    const why = missing ? '' : whyShort; // the group has said why it is skipped
    test.skipIf(whyShort)(
      `Spacelift's namespace deleted and made anew: an upgrade connects it${why}`,
      async () => {
        await terminal.type(INSTALL);
        await deleteNamespaces(stage.spacelift);
        await createNamespace(stage.spacelift);
        await startSpacelift(stage);
        await terminal.type(UPGRADE);
        await expectConnected(stage, spacelift);
        await deleteNamespaces(stage.spacelift);
        await terminal.type(UNINSTALL);
      },
    );
  }
});
