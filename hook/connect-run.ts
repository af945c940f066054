import { again, Changed } from './again.ts';
import type { ObjectRef } from './api-objects.ts';
import { waitForCollector } from './collector.ts';
import { type Connecting, connected, failed, stopped } from './connect-endings.ts';
import { check, type Go, rehearse, tellStep, writeSecrets } from './connect-steps.ts';
import { lastWritten } from './markers.ts';
import { isIdle, isOurs, planConnect } from './plan-connect.ts';
import { Refusal } from './problem.ts';
import { type Objects, readAll } from './read.ts';
import { printConnectPlan } from './report.ts';
import { awaitRollouts, restartAll, unfinishedOf } from './restart.ts';
import type { Unfinished } from './rollout.ts';
import type { ConnectRun, Settings } from './settings.ts';
import { beginOf, tombstonesToClear } from './tombstones.ts';
import type { Ending, World } from './world.ts';

/**
 * Connects Spacelift: brings its Secrets to the values of the settings, and restarts the Deployments whose
 * pods have not read them since. Whatever interrupts it, the next run finishes, and does nothing twice.
 *
 * A rollback is never failed: Helm leaves a release whose post-rollback hook fails as `pending-rollback`, which no
 * upgrade takes from there (helm/helm, pkg/action/rollback.go).
 *
 * @param job - the Job that this runs in, where it may be asked when it was made
 */
export async function connect(
  world: World,
  settings: Settings,
  run: ConnectRun,
  job?: ObjectRef,
): Promise<Ending> {
  const ending = await attempt(world, settings, run, job);
  return run === 'rollback' ? { ...ending, code: 0 } : ending;
}

async function attempt(world: World, settings: Settings, run: ConnectRun, job?: ObjectRef): Promise<Ending> {
  const written = new Set<string>();
  try {
    const objects = await again(world, () => readAll(world.api, settings));
    const begun = await again(world, () => beginOf(world.api, job));
    const cleared = tombstonesToClear(objects, run, begun);
    const connecting = { world, settings, run, cleared, written };
    const first = decide(connecting, objects);
    if (first.kind === 'stop') return stopped(connecting, first.secret);
    // A hook of Helm's must not call a release good whose collector is down; a schedule has no say in that.
    if (run !== 'reconcile' || !isIdle(first)) await waitForCollector(world, settings);
    await again(world, () => rehearse(connecting, first));
    return await again(world, () => carryOut(connecting));
  } catch (error) {
    return await failed(world, settings, error, written.size > 0);
  }
}

/** @throws {@link Refusal} when something is in the way */
function decide({ world, settings, run, cleared }: Connecting, objects: Objects) {
  const context = { settings, run, cleared, word: world.id(), now: world.api.time() };
  const plan = planConnect(objects.secrets, objects.deployments, context);
  if (plan.kind === 'refuse') throw new Refusal(plan.problems);
  return plan;
}

async function carryOut(job: Connecting): Promise<Ending> {
  const { world, settings } = job;
  const plan = decide(job, await readAll(world.api, settings));
  if (plan.kind === 'stop') return stopped(job, plan.secret);
  for (const line of printConnectPlan(plan, settings)) world.say(line);
  await writeSecrets(job, plan);
  const report = await restartAll(world, {
    settings,
    names: plan.deployments.filter(({ step }) => isOurs(step)).map(({ state }) => state.name),
    markers: plan.markers,
    notBefore: windowEnd(plan, settings),
    check: () => check(job, plan),
    told: (step, deployment) => tellStep(job, step, deployment),
  });
  if (report.interrupted === 'changed')
    throw new Changed('a Secret was written while its readers were restarted');
  if (report.interrupted === 'stopped') return stopped(job, plan.secrets[0]?.state.name ?? '');
  for (const [name, unfinished] of olderRollouts(job, plan)) report.unfinished.set(name, unfinished);
  await awaitRollouts(world, settings, report);
  const byHand = plan.deployments.flatMap(({ state, step }) => (step === 'byHand' ? [state.name] : []));
  return connected(job, { ...report, byHand: job.written.size > 0 ? byHand : [] });
}

/** The end of the window between the write and the first restart; a run that goes on keeps to the same. */
function windowEnd({ deployments, markers }: Go, { connect }: Settings): number {
  const restarts = deployments.some(({ step }) => step === 'restart');
  return restarts ? lastWritten(markers) + connect.restartDelaySeconds * 1000 : 0;
}

/** Rollouts of an earlier run that this one has to answer for: it must not call good what that one failed for. */
function olderRollouts({ settings, run }: Connecting, { deployments }: Go): [string, Unfinished][] {
  const answers = run === 'install' || run === 'upgrade';
  if (settings.connect.onRolloutFailure === 'warn' || !answers) return [];
  return deployments.flatMap(({ state, step }) => {
    const unfinished = step === 'nothing' ? unfinishedOf(state) : undefined;
    return unfinished === undefined ? [] : [[state.name, unfinished]];
  });
}
