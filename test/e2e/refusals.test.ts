import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ANNOTATION, ENDPOINT, VENDOR } from '../../hook/names.ts';
import { createNamespace, deleteNamespaces, kubectl } from '../support/cluster.ts';
import { Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import type { Condition } from './catalogue.ts';
import { expectCode, expectConnected } from './connection.ts';
import { listen } from './hook-words.ts';
import { observe } from './observation.ts';
import { helms, images, whyNot } from './settings.ts';
import { type Choice, RELEASE, Stage } from './stage.ts';

const connect: Choice = { connect: 'job' };

const missing = await whyNot();

describe.skipIf(missing).each(helms)(`a release that may not connect, by Helm %s${missing}`, (version) => {
  const stage = new Stage(version);
  const spacelift = new Spacelift(stage.spacelift, images);
  beforeAll(async () => {
    await stage.setUp();
    await deleteNamespaces(stage.spacelift);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await stage.trouble());
  });
  afterAll(() => stage.tearDown('the release that may not connect'));

  /** An upgrade that must fail with a sentence: it is in the Job's log, and Helm says it where it prints one. */
  const expectRefusal = async (sentence: string, choice = connect): Promise<string> => {
    const outcome = await stage.tryToDeploy('upgrade', choice, ['--install']);
    expectCode(outcome, 'not zero');
    const { stdout, stderr } = outcome;
    if (version !== '3.17') expect((stdout + stderr).replaceAll('\\"', '"')).toContain(sentence);
    const job = ['job/spacelift-telemetry-connect', '--namespace', stage.monitoring];
    const log = await kubectl(['logs', ...job]);
    expect(log).toContain(sentence);
    // Without a right to anything it cannot leave an Event either.
    const event = expect.stringContaining(` SpaceliftNotConnected: ${sentence}`);
    if (choice === connect) expect(await spacelift.events()).toContainEqual(event);
    return log
      .split('\n')
      .filter((line) => line.startsWith('Not connected: ')) // each problem has a line of its own
      .join(' ');
  };

  /** The same, of a Spacelift that is there: nothing of it changes. */
  const expectUntouched = async (condition: Condition, sentence: string, choice = connect) => {
    const before = [(await spacelift.secret()).resourceVersion, await spacelift.revisions()];
    await observe(condition, stage, () => expectRefusal(sentence, choice));
    expect([(await spacelift.secret()).resourceVersion, await spacelift.revisions()]).toEqual(before);
  };

  const secret = `the Secret ${SHARED_SECRET} in namespace ${stage.spacelift}`;

  test("fails in Helm's own words without Spacelift's namespace, and goes at an uninstall", async () => {
    const outcome = await stage.tryToDeploy('install', connect);
    expectCode(outcome, 'not zero');
    expect(outcome.stderr).toContain(`namespaces "${stage.spacelift}" not found`);
    await stage.uninstall();
    const again = async () => {
      const { code, stderr } = await stage.tryToDeploy('install', connect);
      expect(code).not.toBe(0);
      return `Helm: ${/namespaces "\S+" not found/.exec(stderr)?.[0]}`;
    };
    await observe('namespace-missing', stage, again);
    await createNamespace(stage.spacelift);
  });

  test('says that the Secret is missing, to an upgrade --install after that', async () => {
    const sentence = `Not connected: there is no Secret ${SHARED_SECRET} in namespace ${stage.spacelift}`;
    await observe('secret-missing', stage, () => expectRefusal(sentence));
  });

  test('says that no Deployment is there', async () => {
    await spacelift.applySecret();
    await expectUntouched('no-deployment', 'Not connected: none of the Deployments spacelift-drain, ');
  });

  test("leaves another vendor's telemetry alone", async () => {
    await spacelift.start();
    await spacelift.applySecret({ ...TERRAFORM, [VENDOR]: 'Datadog' });
    await expectUntouched(
      'vendor-in-shared',
      `Not connected: ${secret} already sends telemetry elsewhere (${VENDOR} is Datadog)`,
    );
  });

  test("leaves another release's connection alone", async () => {
    await spacelift.applySecret();
    const owner = (value: string) =>
      kubectl(['annotate', 'secret', SHARED_SECRET, '--namespace', stage.spacelift, value]);
    await owner(`${ANNOTATION.owner}=elsewhere/other`);
    await expectUntouched(
      'other-owner',
      `Not connected: ${secret} is connected by the release other in namespace elsewhere; `,
    );
    await owner(`${ANNOTATION.owner}-`);
  });

  test('names the rule that is missing', async () => {
    const values = { spacelift: { connect: { rbac: { create: false } } } };
    await expectUntouched('no-rights', `Not connected: the hook may not get ${secret}: `, {
      connect: 'job',
      values,
    });
  });

  test('leaves a value alone that is applied on the server, and says whose it is', async () => {
    await spacelift.deleteSecret();
    expectCode(await spacelift.applyOnServer(TERRAFORM), 'zero');
    await expectUntouched(
      'applied-on-server',
      `Not connected: ${VENDOR} of ${secret} is applied by "terraform"`,
    );
  });

  test("stands in no owner's way who applies other keys on the server, or the same", async () => {
    const { DATABASE_URL = '' } = TERRAFORM;
    await spacelift.deleteSecret();
    expectCode(await spacelift.applyOnServer({ DATABASE_URL }), 'zero');
    expectCode(await stage.tryToDeploy('upgrade', connect), 'zero');
    await expectConnected(stage, spacelift);

    expectCode(await spacelift.applyOnServer({ DATABASE_URL: `${DATABASE_URL}2` }), 'zero');
    const same = { DATABASE_URL, [VENDOR]: 'OpenTelemetry', [ENDPOINT]: stage.endpoint };
    expectCode(await spacelift.applyOnServer(same), 'zero');
    const before = await spacelift.revisions();
    expectCode(await stage.tryToDeploy('upgrade', connect), 'zero');
    await expectConnected(stage, spacelift);
    expect(await spacelift.revisions()).toEqual(before);
  });

  test("is gone after an uninstall, also when Spacelift's namespace went first", async () => {
    await deleteNamespaces(stage.spacelift);
    const uninstall = () => listen(stage, 'disconnect', () => stage.uninstall());
    await observe('spacelift-gone', stage, uninstall);
    const { stderr } = await stage.helm('status', [RELEASE]);
    expect(stderr).toContain('release: not found');
  });
});
