import { again, Changed } from './again.ts';
import { ApiError } from './api-error.ts';
import { waitForCollector } from './collector.ts';
import { type Connecting, connected, failed, stopped, tellChange } from './connect-endings.ts';
import { disown } from './disown.ts';
import { stepPatch, withMarkers } from './markers.ts';
import { ANNOTATION } from './names.ts';
import { type ConnectPlan, isIdle, isTombstone, planConnect } from './plan-connect.ts';
import { Refusal } from './problem.ts';
import { deploymentRef, type Objects, readAll, secretRef } from './read.ts';
import { printConnectPlan, secretNamed } from './report.ts';
import { awaitRollouts, restartAll } from './restart.ts';
import { changePatch, isEmpty } from './secret-change.ts';
import { type ConnectRun, isKept, type Settings } from './settings.ts';
import type { Ending, World } from './world.ts';

type Go = Extract<ConnectPlan, { kind: 'go' }>;

/**
 * Connects Spacelift: brings its Secrets to the values of the settings, and restarts the Deployments whose
 * pods have not read them since. Whatever interrupts it, the next run finishes, and does nothing twice.
 */
export async function connect(world: World, settings: Settings, run: ConnectRun): Promise<Ending> {
  const written = new Set<string>();
  try {
    const objects = await again(world, () => readAll(world.api, settings));
    const job = { world, settings, cleared: tombstonesToClear(objects, run), written };
    const first = decide(job, objects);
    if (first.kind === 'stop') return stopped(job, first.secret);
    // A hook of Helm's must not call a release good whose collector is down; a schedule has no say in that.
    if (run !== 'reconcile' || !isIdle(first)) await waitForCollector(world, settings);
    await again(world, () => rehearse(job, first));
    return await again(world, () => carryOut(job));
  } catch (error) {
    return await failed(world, settings, error, written.size > 0);
  }
}

/**
 * An uninstall wins over a run on a schedule at any time, and over one of Helm's that began before it; an
 * install, upgrade or rollback that comes later wins over the uninstall.
 */
function tombstonesToClear({ secrets }: Objects, run: ConnectRun): Set<string> {
  if (run === 'reconcile') return new Set();
  return new Set(
    [...secrets.values()].flatMap((secret) => secret?.annotations[ANNOTATION.disconnected] ?? []),
  );
}

/** @throws {@link Refusal} when something is in the way */
function decide({ world, settings, cleared }: Connecting, objects: Objects) {
  const context = { settings, cleared, word: world.id(), now: world.api.time() };
  const plan = planConnect(objects.secrets, objects.deployments, context);
  if (plan.kind === 'refuse') throw new Refusal(plan.problems);
  return plan;
}

/** Whether the Deployments may be restarted, before a Secret is written; a dry run takes the same right. */
async function rehearse({ world, settings }: Connecting, plan: Go): Promise<void> {
  if (plan.secrets.every(({ change }) => isEmpty(change))) return;
  for (const { state, step } of plan.deployments) {
    if (step === 'nothing') continue;
    const patch = stepPatch(step, {}, withMarkers(state.marker, plan.markers));
    try {
      await world.api.mergePatch(deploymentRef(settings, state.name), patch, { dryRun: true });
    } catch (error) {
      // Admission that knows no dry run, or an object that is gone by now, says nothing about the right.
      if (!(error instanceof ApiError) || error.transient || [401, 403].includes(error.status)) throw error;
    }
  }
}

async function carryOut(job: Connecting): Promise<Ending> {
  const { world, settings } = job;
  const plan = decide(job, await readAll(world.api, settings));
  if (plan.kind === 'stop') return stopped(job, plan.secret);
  for (const line of printConnectPlan(plan, settings)) world.say(line);
  await writeSecrets(job, plan);
  const report = await restartAll(world, {
    settings,
    names: plan.deployments.filter(({ step }) => step !== 'nothing').map(({ state }) => state.name),
    markers: plan.markers,
    check: () => check(job, plan),
    restarted: ({ name, uid }) =>
      tellChange(job, {
        object: deploymentRef(settings, name),
        uid,
        reason: 'SpaceliftRestarted',
        message: `Restarted, so that its pods read where to send telemetry: ${settings.endpoint}.`,
      }),
  });
  if (report.interrupted === 'changed')
    throw new Changed('a Secret was written while its readers were restarted');
  if (report.interrupted === 'stopped') return stopped(job, plan.secrets[0]?.state.name ?? '');
  await awaitRollouts(world, settings, report);
  return connected(job, report);
}

async function writeSecrets(job: Connecting, { secrets }: Go): Promise<void> {
  const { world, settings } = job;
  const changed = secrets.filter(({ change }) => !isEmpty(change));
  for (const { state, change } of changed) {
    await world.api.mergePatch(secretRef(settings, state.name), changePatch(state, change));
    job.written.add(state.name);
  }
  for (const { state, change } of secrets) {
    if (state.owned || !isEmpty(change)) await disown(world, secretRef(settings, state.name));
  }
  for (const { state } of changed) {
    await tellChange(job, {
      object: secretRef(settings, state.name),
      uid: state.uid,
      reason: 'SpaceliftConnected',
      message: `Connected: ${secretNamed(state.name, settings)} points Spacelift at ${settings.endpoint}.`,
    });
  }
}

/** Whether the Secrets are still as this run left them: an uninstall, or a newer run, may have come since. */
async function check({ world, settings, cleared }: Connecting, { markers, secrets }: Go) {
  let verdict: 'go' | 'changed' = 'go';
  const kept = secrets.flatMap(({ state }) => (isKept(state, settings) ? [state.name] : []));
  for (const [name, { word }] of markers) {
    if (kept.includes(name)) continue;
    const { metadata } = await world.api.get(secretRef(settings, name), 'metadata');
    const { annotations = {} } = metadata;
    if (isTombstone(annotations, cleared)) return 'stopped' as const;
    if (annotations[ANNOTATION.marker] !== word) verdict = 'changed';
  }
  return verdict;
}
