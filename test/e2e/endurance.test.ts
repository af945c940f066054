import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ANNOTATION } from '../../hook/names.ts';
import { kubectl } from '../support/cluster.ts';
import type { Revisions, Spacelift } from '../support/spacelift.ts';
import {
  expectCode,
  expectConnected,
  expectDisconnected,
  expectTraces,
  startSpacelift,
} from './connection.ts';
import { listen } from './hook-words.ts';
import { observe } from './observation.ts';
import { helms, whyNot, whyShort } from './settings.ts';
import { RELEASE, Stage } from './stage.ts';

const connect = { connect: 'job' } as const;
const UPGRADES = 20;
/** 50 in all. */
const KILLED = { connects: 35, disconnects: 15 };
const LONG_MS = 3_600_000;
/** Helm waits for a Job that is gone until its time is over. */
const SOON = '--timeout=40s';
/** A run of the hook that has three Deployments to restart takes about as long. */
const RUN_MS = 8_000;

const missing = await whyNot();

describe.skipIf(missing || whyShort).each(helms.slice(-1))(
  `a hook that is run over and over, by Helm %s${missing || whyShort}`,
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

    /** Does something a number of times; a failure says in which round it was. */
    const each = async (count: number, round: (index: number) => Promise<void>) => {
      for (let index = 1; index <= count; index++) {
        await round(index).catch((error: unknown) => {
          throw new Error(`round ${index} of ${count}`, { cause: error });
        });
      }
    };

    test(`restarts nothing by ${UPGRADES} upgrades without a change`, { timeout: LONG_MS }, async () => {
      const upgrade = async () => expectCode(await stage.tryToDeploy('upgrade', connect), 'zero');
      const seen = await observe('endless-upgrades', stage, async () => {
        await each(UPGRADES - 1, upgrade);
        return listen(stage, 'connect', upgrade);
      });
      expect(Object.values(seen.restarts)).toEqual([0, 0, 0]);
      await expectConnected(stage, spacelift);
    });

    test('is right after one more run, whenever it was killed', { timeout: LONG_MS }, async () => {
      await observe(
        'killed-connects',
        stage,
        async () => {
          await each(KILLED.connects, killConnect);
          return `${KILLED.connects} of ${KILLED.connects} were connected, with each Deployment restarted.`;
        },
        { restarts: 'random' },
      );
    });

    test('has Spacelift send traces in the end', async () => {
      for (const service of Object.keys(await spacelift.revisions())) await expectTraces(stage, service);
    });

    test('puts it back by one more uninstall, whenever it was killed', { timeout: LONG_MS }, async () => {
      await observe(
        'killed-disconnects',
        stage,
        async () => {
          await each(KILLED.disconnects, killDisconnect);
          return `${KILLED.disconnects} of ${KILLED.disconnects} were disconnected, with each Deployment restarted.`;
        },
        { restarts: 'random' },
      );
    });

    const killConnect = async (round: number) => {
      await spacelift.applySecret();
      await spacelift.restart(); // pods that have read that they are to send nothing
      const before = await spacelift.revisions();
      const ending = stage.tryToDeploy('upgrade', connect, [SOON]);
      const killed = await killHook(stage, 'connect', round % 2 === 0);
      const { code } = await ending;
      const between = await spacelift.revisions();

      expectCode(await stage.tryToDeploy('upgrade', connect), 'zero');
      await expectConnected(stage, spacelift);
      const { annotations } = await spacelift.secret();
      expect(annotations[ANNOTATION.owner]).toBe(`${stage.monitoring}/telemetry`);
      const restarts = difference(before, await spacelift.revisions());
      stage.say(
        `${killed}, helm ended with ${code}; restarts ${restarts.join(' ')}, of these in the run itself ${difference(before, between).join(' ')}`,
      );
      expect(Math.min(...restarts)).toBeGreaterThan(0);
    };

    const killDisconnect = async (round: number) => {
      expectCode(await stage.tryToDeploy('upgrade', connect, ['--install']), 'zero');
      const before = await spacelift.revisions();
      const ending = stage.helm('uninstall', [RELEASE, SOON]);
      const killed = await killHook(stage, 'disconnect', round % 2 === 0);
      const { code } = await ending;
      if (code !== 0) await stage.uninstall();
      await expectDisconnected(spacelift);
      const restarts = difference(before, await spacelift.revisions());
      stage.say(`${killed}, helm ended with ${code}; restarts ${restarts.join(' ')}`);
      expect(Math.min(...restarts)).toBeGreaterThan(0);
    };
  },
);

/**
 * Kills the pod of a Job of the hook at a random moment of its run, with the Job when nothing is to try again.
 *
 * @returns what was killed, and when
 */
async function killHook(stage: Stage, name: string, wholeJob: boolean): Promise<string> {
  const job = `spacelift-telemetry-${name}`;
  await expect.poll(() => runningPod(stage, job), { timeout: 60_000, interval: 250 }).not.toBe('');
  const moment = Math.random() * RUN_MS;
  await setTimeout(moment); // the moment itself
  const pod = await runningPod(stage, job);
  const after = `after ${moment.toFixed(0)} ms`;
  if (pod === '') return `over ${after}`;
  for (const victim of [...(wholeJob ? [`job/${job}`] : []), pod]) {
    const kill = ['delete', victim, '--grace-period=0', '--force', '--ignore-not-found', '--wait=false'];
    await kubectl([...kill, '--namespace', stage.monitoring]);
  }
  return `${wholeJob ? 'the Job' : 'its pod'} was killed ${after}`;
}

/** The running pod of a Job, as `pod/NAME`; nothing where there is none. */
async function runningPod(stage: Stage, job: string): Promise<string> {
  const its = [`--selector=job-name=${job}`, '--namespace', stage.monitoring];
  const running = '--field-selector=status.phase=Running';
  return (await kubectl(['get', 'pods', ...its, running, '--output=name'])).trim();
}

function difference(before: Revisions, after: Revisions): number[] {
  return Object.entries(after).map(([name, revision]) => revision - (before[name] ?? 0));
}
