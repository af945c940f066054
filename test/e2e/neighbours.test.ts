import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR } from '../../hook/names.ts';
import { Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { expectCode, expectConnected, expectDisconnected, expectTraces } from './connection.ts';
import { listen } from './hook-words.ts';
import { expectUntouched, observe } from './observation.ts';
import { helms, images, whyNot } from './settings.ts';
import { type Choice, Stage } from './stage.ts';
import { sync } from './syncs.ts';

const SHARED = 'acme-shared';
const OWN = 'acme-server';
const NAMES = ['acme-drain', 'acme-server'];
/** What the server of Spacelift has before us, in a Secret of its own. */
const AWS = { AWS_XRAY_DAEMON_ADDRESS: 'daemon:2000', [VENDOR]: 'AWS' };

const missing = await whyNot();

describe.skipIf(missing).each(helms.slice(-1))(
  `two releases and two Spacelifts, by Helm %s${missing}`,
  (version) => {
    const [one, two] = [new Stage(version), new Stage(version)];
    const acme = new Spacelift(one.spacelift, images);
    const second = new Spacelift(two.spacelift, images);
    const toAcme = (existingVendor: 'refuse' | 'replace'): Choice => ({
      connect: 'job',
      values: {
        spacelift: {
          namespace: one.spacelift,
          secrets: [SHARED, OWN],
          deployments: NAMES,
          connect: { existingVendor },
        },
      },
    });
    const ofOwn = { secret: OWN, namespace: one.spacelift };
    const ofShared = { secret: SHARED, namespace: one.spacelift };
    beforeAll(async () => {
      await Promise.all([one.setUp(), two.setUp()]);
      await acme.applySecret(undefined, SHARED);
      await acme.applySecret(AWS, OWN);
      await acme.startOnly(NAMES, [SHARED, OWN]);
      await second.applySecret();
      await second.startOnly(['spacelift-server']);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await one.trouble(), await two.trouble());
    });
    afterAll(async () => {
      await Promise.all([one.tearDown('the first of two releases'), two.tearDown('the second')]);
    });

    test("leaves a vendor in a component's own Secret alone", async () => {
      const seen = await observe(
        'vendor-in-own',
        one,
        () =>
          listen(one, 'connect', async () =>
            expectCode(await one.tryToDeploy('install', toAcme('refuse')), 'not zero'),
          ),
        ofOwn,
      );
      expect(seen.happened).toMatch(/^Not connected: the Secret acme-server .* is AWS\)/);
      expect(seen.after?.vendor).toBe('AWS');
      expectUntouched(seen);
    });

    test('connects Spacelift by other names, and replaces the vendor when it is told to', async () => {
      const upgrade = () => listen(one, 'connect', () => one.deploy('upgrade', toAcme('replace')));
      let happened = '';
      const own = await observe(
        'replace-vendor',
        one,
        async () => {
          const shared = await observe('other-names', one, upgrade, ofShared);
          expect(shared.after).toEqual({ vendor: 'OpenTelemetry', endpoint: shared.after?.endpoint });
          expect(shared.restarts).toEqual({ 'acme-drain': 1, 'acme-server': 1 });
          happened = shared.happened;
          return happened;
        },
        ofOwn,
      );
      expect(happened).toContain('; restarted acme-drain and acme-server; ');
      expect(own.after?.vendor).toBe('OpenTelemetry');
      expect(own.otherKeys).toBe('unchanged');
      await expectTraces(one, 'acme-server');
    });

    test('refuses a second release for one Spacelift, whose end changes nothing', async () => {
      const refuse = () =>
        listen(two, 'connect', async () =>
          expectCode(await two.tryToDeploy('install', toAcme('replace')), 'not zero'),
        );
      const seen = await observe('second-release', two, refuse, ofShared);
      expect(seen.happened).toContain(
        ' is connected by the release telemetry in namespace monitoring; uninstall that one (',
      );
      expectUntouched(seen);
      const uninstall = () => listen(two, 'disconnect', () => two.uninstall());
      expectUntouched(await observe('second-uninstalled', two, uninstall, ofShared));
    });

    test('puts the vendor back that it has replaced, when an upgrade moves to another Spacelift', async () => {
      const values = { spacelift: { namespace: two.spacelift } };
      const moving = () => listen(one, 'move', () => one.deploy('upgrade', { connect: 'job', values }));
      const seen = await observe('other-namespace', one, moving, ofOwn);
      expect(seen.after).toEqual({ vendor: 'AWS', endpoint: undefined });
      expect(seen.restarts).toEqual({ 'acme-drain': 1, 'acme-server': 1 });
      expect((await acme.secret(OWN)).values).toEqual(AWS);
      expect((await acme.secret(SHARED)).values).toEqual(TERRAFORM);
      await expectConnected(one, second);
      await one.uninstall();
      await expectDisconnected(second);
    });

    test('restarts nothing by syncs, however often', async () => {
      const choice: Choice = { connect: 'job' };
      expect(await sync(two, choice)).toMatch(/^Connected: /);
      await expectConnected(two, second);
      const before = (await second.secret()).resourceVersion;
      const seen = await observe('repeated-syncs', two, async () => {
        const said = [];
        for (let round = 0; round < 3; round++) said.push(await sync(two, choice));
        expect(new Set(said).size).toBe(1);
        return said[0] ?? '';
      });
      expect(seen.happened).toMatch(/^Nothing to do: /);
      expect(seen.restarts).toEqual({ 'spacelift-server': 0 });
      expect((await second.secret()).resourceVersion).toBe(before);
    });
  },
);
