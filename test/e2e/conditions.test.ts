import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { apply, kubectl } from '../support/cluster.ts';
import { securedContainer } from '../support/cluster-objects.ts';
import { Spacelift } from '../support/spacelift.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import type { Condition } from './catalogue.ts';
import { expectConnected, expectTraces } from './connection.ts';
import { type HookChange, hookImage, listen, runHook } from './hook-words.ts';
import { expectUntouched, observe } from './observation.ts';
import { hasMutatingPolicies, injector, tight, withdraw, withVerbs } from './obstacles.ts';
import { helms, images, whyNot } from './settings.ts';
import { Stage } from './stage.ts';

const missing = await whyNot();
const injects = missing === '' && (await hasMutatingPolicies());
const whyNoMesh =
  missing || injects ? '' : ' (skipped: no MutatingAdmissionPolicy, which is there from Kubernetes 1.36 on)';

describe.skipIf(missing).each(helms.slice(-1))(
  `Spacelift in every condition, by Helm %s${missing}`,
  (version) => {
    const stage = new Stage(version);
    const spacelift = new Spacelift(stage.spacelift, images);
    const grant = { role: `spacelift-telemetry-${stage.monitoring}`, namespace: stage.spacelift };
    const inSpacelift = ['--namespace', stage.spacelift];
    const mesh: object[] = [];
    beforeAll(async () => {
      await stage.setUp();
      await kubectl(['label', 'namespace', stage.spacelift, 'pod-security.kubernetes.io/enforce=restricted']);
      await apply(tight(stage.spacelift));
      await spacelift.applySecret();
      await spacelift.start();
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(async () => {
      if (mesh.length > 0) await withdraw(mesh);
      await stage.tearDown('Spacelift in every condition');
    });

    /** A run of the hook after Terraform has reset the Secret. */
    const connectAgain = async (condition: Condition, change: HookChange = {}) => {
      await spacelift.applySecret();
      return observe(condition, stage, () => runHook(stage, condition, change));
    };

    test('connects it in a namespace with Pod Security restricted, a quota and limits', async () => {
      // Its schedule does not meet a test: it comes once a year.
      const values = { spacelift: { connect: { schedule: '0 0 1 1 *' } } };
      const { happened, restarts } = await observe('restricted-namespace', stage, () =>
        listen(stage, 'connect', () => stage.deploy('install', { connect: 'reconcile', values })),
      );
      expect(happened).toContain('restarted spacelift-drain, spacelift-scheduler and spacelift-server');
      expect(restarts).toEqual({ 'spacelift-drain': 1, 'spacelift-scheduler': 1, 'spacelift-server': 1 });
      await expectConnected(stage, spacelift);
      await expectTraces(stage, 'spacelift-server');
    });

    test('connects it without the scheduler', async () => {
      await spacelift.remove('spacelift-scheduler');
      const { happened, restarts } = await connectAgain('scheduler-absent');
      expect(happened).toContain('; restarted spacelift-drain and spacelift-server; ');
      expect(restarts).toEqual({ 'spacelift-drain': 1, 'spacelift-server': 1 });
      await expectConnected(stage, spacelift);
    });

    test('connects it with the VCS gateway, and leaves the server for the end', async () => {
      await spacelift.remove('spacelift-drain');
      await spacelift.startOnly(['spacelift-vcs-gateway']);
      const { happened, restarts } = await connectAgain('vcs-gateway-present');
      expect(happened).toContain('; restarted spacelift-vcs-gateway and spacelift-server; ');
      expect(restarts).toEqual({ 'spacelift-server': 1, 'spacelift-vcs-gateway': 1 });
      await expectTraces(stage, 'spacelift-vcs-gateway');
      await spacelift.remove('spacelift-vcs-gateway');
    });

    test('connects it while somebody else writes the Secret all the time', async () => {
      const secret = ['secret', SHARED_SECRET, ...inSpacelift];
      let over = false;
      const writing = (async () => {
        let writes = 0;
        for (; !over; writes++) await kubectl(['annotate', '--overwrite', ...secret, `written=${writes}`]);
        return writes;
      })();
      const { restarts } = await connectAgain('written-beside').finally(() => {
        over = true;
      });
      expect(await writing).toBeGreaterThan(2);
      expect(restarts).toEqual({ 'spacelift-server': 1 });
      await kubectl(['annotate', ...secret, 'written-']);
      await expectConnected(stage, spacelift);
    });

    test('leaves an immutable Secret alone', async () => {
      await spacelift.applySecret();
      const patch = ['--type=merge', '--patch={"immutable":true}'];
      await kubectl(['patch', 'secret', SHARED_SECRET, ...inSpacelift, ...patch]);
      const seen = await observe('immutable', stage, () => runHook(stage, 'immutable'));
      expect(seen.happened).toMatch(/^Not connected: the Secret .* is immutable; create it anew without /);
      expectUntouched(seen);
      await spacelift.deleteSecret();
      await spacelift.applySecret();
    });

    test.each([
      ['no-right-to-get-secret', 0, 'patch', 'get', 'secrets', SHARED_SECRET],
      ['no-right-to-patch-secret', 0, 'get', 'patch', 'secrets', SHARED_SECRET],
      ['no-right-to-get-deployments', 1, 'patch', 'get', 'deployments', 'spacelift-drain'],
      ['no-right-to-patch-deployments', 1, 'get', 'patch', 'deployments', 'spacelift-server'],
    ] as const)(
      'names the verb, the object and the Role: %s',
      async (condition, rule, left, verb, kind, name) => {
        await withVerbs(grant, rule, [left], async () => {
          const seen = await connectAgain(condition);
          const sentence = `the Role spacelift-telemetry-monitoring in namespace spacelift must allow "${verb}" on ${kind} "${name}"`;
          expect(seen.happened).toMatch(/^Not connected: /);
          expect(seen.happened).toContain(sentence);
          expectUntouched(seen);
        });
      },
    );

    test('connects it without the right to say so by Events', async () => {
      const { happened } = await withVerbs(grant, 2, ['update'], () => connectAgain('no-right-to-events'));
      expect(happened).toMatch(/^Connected: /);
      await expectConnected(stage, spacelift);
    });

    test("ends beside a mesh's native sidecar", async () => {
      const { happened } = await connectAgain('native-sidecar', {
        sidecar: 'setInterval(() => {}, 1000)',
      });
      expect(happened).toMatch(/^Connected: /);
      await expectConnected(stage, spacelift);
    });

    test.skipIf(whyNoMesh)(`ends where a mesh injects containers that never end${whyNoMesh}`, async () => {
      mesh.push(...injector(stage.monitoring, await hookImage(stage)));
      await apply(mesh);
      const containers = [{ name: 'probe', image: 'none', ...securedContainer }];
      const metadata = { name: 'probe', namespace: stage.monitoring };
      const input = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } });
      const dryRun = ['create', '--dry-run=server', '--filename=-'];
      const injected = () => kubectl([...dryRun, '--output=jsonpath={.spec.containers[*].name}'], { input });
      await expect.poll(injected, { timeout: 60_000, interval: 500 }).toBe('probe proxy');
      const { happened } = await connectAgain('injected-sidecar');
      expect(happened).toMatch(/^Connected: /);
      await expectConnected(stage, spacelift);
    });
  },
);
