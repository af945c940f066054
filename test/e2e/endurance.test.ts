import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ANNOTATION } from '../../hook/names.ts';
import { kubectl } from '../support/cluster.ts';
import type { Revisions, Spacelift } from '../support/spacelift.ts';
import { expectCode, expectConnected, expectTraces, startSpacelift } from './connection.ts';
import { helms, whyNot } from './settings.ts';
import { Stage } from './stage.ts';

const connect = { connect: 'job' } as const;
const ROUNDS = 20;
/** A run of the hook that has three Deployments to restart takes about as long. */
const RUN_MS = 8_000;

const missing = await whyNot();
const short = process.env['E2E_LONG'] ? '' : ' (skipped: takes minutes, set E2E_LONG)';

describe.skipIf(missing || short).each(helms.slice(-1))(
  `a hook that is run over and over, by Helm %s${missing || short}`,
  (version) => {
    const stage = new Stage(version);
    let spacelift: Spacelift;
    beforeAll(async () => {
      await stage.setUp();
      spacelift = await startSpacelift(stage);
      await stage.deploy('install', connect);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(() => stage.tearDown('the hook that is run over and over'));

    test(`restarts nothing by ${ROUNDS} upgrades without a change`, async () => {
      const before = await spacelift.revisions();
      for (let round = 0; round < ROUNDS; round++)
        expectCode(await stage.tryToDeploy('upgrade', connect), 'zero');
      expect(await spacelift.revisions()).toEqual(before);
      await expectConnected(stage, spacelift);
    });

    const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1);
    test.each(rounds)('is right after one more run when it was killed at any moment, %i', async () => {
      await spacelift.applySecret();
      await spacelift.restart(); // pods that have read that they are to send nothing
      const before = await spacelift.revisions();
      const ending = stage.tryToDeploy('upgrade', connect);
      await expect.poll(() => hooksPod(stage), { timeout: 60_000, interval: 250 }).not.toBe('');
      const moment = Math.random() * RUN_MS;
      await setTimeout(moment); // the moment itself
      const pod = await hooksPod(stage);
      const kill = ['delete', pod, '--grace-period=0', '--force', '--ignore-not-found', '--wait=false'];
      if (pod !== '') await kubectl([...kill, '--namespace', stage.monitoring]);
      const { code } = await ending;
      const between = await spacelift.revisions();

      expectCode(await stage.tryToDeploy('upgrade', connect), 'zero');
      await expectConnected(stage, spacelift);
      const { annotations } = await spacelift.secret();
      expect(annotations[ANNOTATION.owner]).toBe(`${stage.monitoring}/telemetry`);
      const restarts = difference(before, await spacelift.revisions());
      stage.say(
        `${pod === '' ? 'over' : 'killed'} after ${moment.toFixed(0)} ms, helm ended with ${code}; restarts ${restarts.join(' ')}, of these in the run itself ${difference(before, between).join(' ')}`,
      );
      expect(Math.min(...restarts)).toBeGreaterThan(0);
    });

    test('has Spacelift send traces in the end', async () => {
      for (const service of Object.keys(await spacelift.revisions())) await expectTraces(stage, service);
    });
  },
);

/** The running pod of the Job that connects, as `pod/NAME`; nothing where there is none. */
async function hooksPod(stage: Stage): Promise<string> {
  const its = ['--selector=job-name=spacelift-telemetry-connect', '--namespace', stage.monitoring];
  const running = '--field-selector=status.phase=Running';
  return (await kubectl(['get', 'pods', ...its, running, '--output=name'])).trim();
}

function difference(before: Revisions, after: Revisions): number[] {
  return Object.entries(after).map(([name, revision]) => revision - (before[name] ?? 0));
}
