import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR } from '../../hook/names.ts';
import { kubectl, objectsIn } from '../support/cluster.ts';
import { Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import { expectCode, expectConnected, expectDisconnected } from './connection.ts';
import { listen, listenToBoth } from './hook-words.ts';
import { expectUntouched, observe } from './observation.ts';
import { helms, images, newest, whyNot } from './settings.ts';
import { type Choice, RELEASE, Stage } from './stage.ts';

const OTHER_SECRET = 'spacelift-server';
const SERVER = 'spacelift-server';
const DRAIN = 'spacelift-drain';

const missing = await whyNot();

describe.skipIf(missing).each(helms)(
  `a release that goes back and forth, by Helm %s${missing}`,
  (version) => {
    const stage = new Stage(version);
    const spacelift = new Spacelift(stage.spacelift, images);
    const atomic = version === '3.17' ? '--atomic' : '--rollback-on-failure';
    const connectTo = (...secrets: string[]): Choice => ({
      connect: 'job',
      values: { spacelift: { secrets, deployments: [DRAIN, SERVER] } },
    });
    let emptyNamespace: string[];
    beforeAll(async () => {
      await stage.setUp();
      emptyNamespace = await objectsIn(stage.monitoring);
      await spacelift.applySecret({ ...TERRAFORM, [VENDOR]: 'Datadog' });
      await spacelift.startOnly([DRAIN, SERVER], [SHARED_SECRET, OTHER_SECRET]);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(() => stage.tearDown('the release that goes back and forth'));

    /** The answer to a release that is refused, and undone by Helm. */
    const refused = (command: 'install' | 'upgrade', choice: Choice) => async () =>
      expectCode(await stage.tryToDeploy(command, choice, [atomic]), 'not zero');

    /** What a release has left behind, but for the Job that failed: Helm keeps it for its log. */
    const left = async () =>
      (await objectsIn(stage.monitoring)).filter(
        (object) => !emptyNamespace.includes(object) && !object.includes('/spacelift-telemetry-connect'),
      );

    test('is gone after an install that was refused, and Spacelift is as it was', async () => {
      const seen = await observe('atomic-install', stage, () =>
        listen(stage, 'connect', refused('install', connectTo(SHARED_SECRET))),
      );
      expect(seen.happened).toMatch(/^Not connected: .* already sends telemetry elsewhere \(.* is Datadog\)/);
      expectUntouched(seen);
      await expect.poll(left, { timeout: 120_000, interval: 1000 }).toEqual([]);
    });

    test('stays connected over an upgrade that is refused and rolled back', async () => {
      await spacelift.applySecret();
      await stage.deploy('install', connectTo(SHARED_SECRET));
      const upgrade = refused('upgrade', connectTo(SHARED_SECRET, 'not-there'));
      const seen = await observe('atomic-upgrade', stage, () => listenToBoth(stage, upgrade));
      expect(seen.happened).toMatch(/^Not connected: there is no Secret not-there .* Then: Nothing to do: /);
      expectUntouched(seen);
      const { stdout } = await stage.helm('status', [RELEASE, '--output=json']);
      expect(JSON.parse(stdout).info.status).toBe('deployed');
      await expectConnected(stage, spacelift);
    });

    // Both Helms run the hooks of a rollback alike; connect.test.ts rolls back by each.
    if (version !== newest) return;

    test('is connected by the Secret of the revision that it is rolled back to', async () => {
      await spacelift.applySecret(undefined, OTHER_SECRET);
      const { version: shared } = JSON.parse((await stage.helm('status', [RELEASE, '--output=json'])).stdout);
      await stage.deploy('upgrade', connectTo(OTHER_SECRET));
      await expectDisconnected(spacelift);
      await expectConnected(stage, spacelift, OTHER_SECRET);
      const back = ['rollback', [RELEASE, String(shared), '--wait', '--timeout=5m']] as const;
      const seen = await observe('rollback-to-other-settings', stage, () =>
        listen(stage, 'rollback', async () => expectCode(await stage.helm(...back), 'zero')),
      );
      expect(seen.restarts, 'once for each Secret').toEqual({ [DRAIN]: 2, [SERVER]: 2 });
      await expectConnected(stage, spacelift);
      await expectDisconnected(spacelift, OTHER_SECRET);
    });

    test('finishes an uninstall whose pod is killed in the middle', async () => {
      const its = [
        'pods',
        '--selector=job-name=spacelift-telemetry-disconnect',
        '--namespace',
        stage.monitoring,
      ];
      // So long the first Deployment takes, and the run waits for it before the second.
      await spacelift.patch(DRAIN, { spec: { minReadySeconds: 5 } });
      const vendor = async () => (await spacelift.secret()).values[VENDOR];
      const seen = await observe('interrupted-uninstall', stage, () =>
        listen(stage, 'disconnect', async () => {
          const ending = stage.uninstall();
          await expect.poll(vendor, { timeout: 120_000, interval: 50 }).toBe('Disabled');
          await kubectl(['delete', ...its, '--grace-period=0', '--force', '--wait=false']);
          await ending;
        }),
      );
      expect(seen.happened).toMatch(/^Disconnected: /);
      expect(seen.restarts, 'nothing twice').toEqual({ [DRAIN]: 1, [SERVER]: 1 });
      await expectDisconnected(spacelift);
    });

    test('keeps what was changed by hand since, and says so', async () => {
      await stage.deploy('install', connectTo(SHARED_SECRET));
      await spacelift.applySecret({ ...TERRAFORM, [VENDOR]: 'Datadog' });
      const seen = await observe('changed-by-hand', stage, () =>
        listen(stage, 'disconnect', () => stage.uninstall()),
      );
      expect(seen.happened).toContain(`keep ${VENDOR} (Datadog), which somebody has changed since`);
      expect(seen.after).toEqual({ vendor: 'Datadog', endpoint: undefined });
      expect(seen.otherKeys).toBe('unchanged');
    });
  },
);
