import { again } from './again.ts';
import { ApiError } from './api-error.ts';
import { type Markers, type Step, stepFor, stepPatch, withMarkers } from './markers.ts';
import { readDeployment } from './read.ts';
import type { Unfinished } from './rollout.ts';
import type { Settings } from './settings.ts';
import type { DeploymentState } from './state.ts';
import { deploymentRef } from './targets.ts';
import type { World } from './world.ts';

/** Which Deployments to bring up to these markers, and what to ask and tell on the way. */
export interface RestartJob {
  readonly settings: Settings;
  /** Names, in the order in which they are restarted. */
  readonly names: readonly string[];
  readonly markers: Markers;
  /** No restart before this time of the API server's clock. */
  readonly notBefore?: number;
  /**
   * Asked before each write, after the Deployment was read: an uninstall that comes later finds our write,
   * one that came before is seen here.
   */
  check(): Promise<'go' | 'changed' | 'stopped'>;
  /** What was done with a Deployment. */
  told(step: Exclude<Step, 'nothing'>, deployment: DeploymentState): Promise<void>;
}

/** What became of the restarts. */
export interface RestartReport {
  readonly restarted: string[];
  /** How far those are that were restarted; what is missing here is done. */
  readonly unfinished: Map<string, Unfinished>;
  /** Those that were left alone since an earlier one does not come up. */
  readonly left: readonly string[];
  /** Those whose restart the settings leave to a person. */
  readonly byHand: readonly string[];
  /** Why it went no further. */
  readonly interrupted?: 'changed' | 'stopped';
}

const POLL_MS = 2_000;

/** Time that is kept for what comes after the restarts. */
const CLOSING_MS = 10_000;

/**
 * Restarts one Deployment after the other, and waits for each, but no longer than its share of the time: at the
 * deadline all must have been restarted, not all be ready. When one fails, the others keep the pods they have.
 */
export async function restartAll(world: World, job: RestartJob): Promise<RestartReport> {
  const end = world.deadline - CLOSING_MS;
  const report: RestartReport = { restarted: [], unfinished: new Map(), left: [], byHand: [] };
  await waitUntil(world, Math.min(job.notBefore ?? 0, world.api.time() + end - world.now()));
  for (const [index, name] of job.names.entries()) {
    const outcome = await bringUp(world, job, name);
    if (outcome === 'changed' || outcome === 'stopped') return { ...report, interrupted: outcome };
    if (outcome !== 'restart') continue;
    report.restarted.push(name);
    const share = (end - world.now()) / (job.names.length - index);
    await watch(world, job.settings, name, world.now() + share, report);
    if (report.unfinished.get(name)?.rollout === 'failing') {
      return { ...report, left: await stillOld(world, job, job.names.slice(index + 1)) };
    }
  }
  return report;
}

/** Waits, until shortly before the deadline, for those that are still on their way. */
export async function awaitRollouts(world: World, settings: Settings, report: RestartReport): Promise<void> {
  for (const [name, { rollout }] of [...report.unfinished]) {
    if (rollout === 'running') await watch(world, settings, name, world.deadline - CLOSING_MS, report);
  }
}

async function waitUntil(world: World, time: number): Promise<void> {
  const rest = time - world.api.time();
  if (rest <= 0) return;
  world.say(`Waiting ${Math.ceil(rest / 1000)} seconds before the first restart.`);
  await world.wait(rest);
}

async function bringUp(
  { api, ...clock }: World,
  job: RestartJob,
  name: string,
): Promise<Step | 'changed' | 'stopped'> {
  const ref = deploymentRef(job.settings, name);
  return again(clock, async () => {
    const deployment = await readDeployment(api, ref);
    if (deployment === undefined) return 'nothing';
    const step = stepFor(deployment, job.markers);
    if (step === 'nothing') return step;
    const verdict = await job.check();
    if (verdict !== 'go') return verdict;
    await api.mergePatch(ref, stepPatch(step, deployment, withMarkers(deployment.marker, job.markers)));
    await job.told(step, deployment);
    return step;
  });
}

/** Those of these Deployments that are there and would be restarted. */
async function stillOld({ api, ...clock }: World, job: RestartJob, names: readonly string[]) {
  const old: string[] = [];
  for (const name of names) {
    const deployment = await again(clock, () => readDeployment(api, deploymentRef(job.settings, name)));
    if (deployment && stepFor(deployment, job.markers) === 'restart') old.push(name);
  }
  return old;
}

async function watch(
  world: World,
  settings: Settings,
  name: string,
  until: number,
  report: RestartReport,
): Promise<void> {
  for (;;) {
    const unfinished = await look({ ...world, deadline: until }, settings, name);
    if (unfinished === undefined) report.unfinished.delete(name);
    else report.unfinished.set(name, unfinished);
    if (unfinished?.rollout !== 'running' || world.now() + POLL_MS > until) return;
    await world.wait(POLL_MS);
  }
}

/**
 * How far a rollout is, nothing when it is done; one that cannot be asked about counts as running, since that is all that is known.
 */
async function look(
  { api, ...clock }: World,
  settings: Settings,
  name: string,
): Promise<Unfinished | undefined> {
  try {
    const deployment = await again(clock, () => readDeployment(api, deploymentRef(settings, name)));
    return deployment && unfinishedOf(deployment);
  } catch (error) {
    if (error instanceof ApiError) return { rollout: 'running', progress: 'how far, could not be read' };
    throw error;
  }
}

/** The rollout of a Deployment as a report has it; nothing when it is done. */
export function unfinishedOf({ rollout, progress }: DeploymentState): Unfinished | undefined {
  return rollout === 'done' ? undefined : { rollout, progress };
}
