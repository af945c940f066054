import { ApiError } from './api-error.ts';
import { type Connecting, tellChange } from './connect-endings.ts';
import { disown } from './disown.ts';
import { type Step, stepPatch, withMarkers } from './markers.ts';
import { ANNOTATION } from './names.ts';
import { type ConnectPlan, isOurs, isTombstone } from './plan-connect.ts';
import { printWrite } from './report.ts';
import { changePatch, isEmpty } from './secret-change.ts';
import { isKept } from './settings.ts';
import type { DeploymentState } from './state.ts';
import { deploymentRef, secretNamed, secretRef } from './targets.ts';

/** A plan that nothing stands in the way of. */
export type Go = Extract<ConnectPlan, { kind: 'go' }>;

/** Whether the Deployments may be restarted, before a Secret is written; a dry run takes the same right. */
export async function rehearse({ world, settings }: Connecting, plan: Go): Promise<void> {
  if (plan.secrets.every(({ change }) => isEmpty(change))) return;
  for (const { state, step } of plan.deployments) {
    if (!isOurs(step)) continue;
    const patch = stepPatch(step, {}, withMarkers(state.marker, plan.markers));
    try {
      await world.api.mergePatch(deploymentRef(settings, state.name), patch, { dryRun: true });
    } catch (error) {
      // Admission that knows no dry run, or an object that is gone by now, says nothing about the right.
      if (!(error instanceof ApiError) || error.transient || [401, 403].includes(error.status)) throw error;
    }
  }
}

/** Writes what differs, gives up the ownership that comes with it, and says so on each Secret. */
export async function writeSecrets(job: Connecting, { secrets }: Go): Promise<void> {
  const { world, settings } = job;
  const changed = secrets.filter(({ change }) => !isEmpty(change));
  for (const { state, change } of changed) {
    await world.api.mergePatch(secretRef(settings, state.name), changePatch(state, change));
    job.written.add(state.name);
  }
  for (const { state, change } of secrets) {
    if (state.owned || !isEmpty(change)) await disown(world, secretRef(settings, state.name));
  }
  for (const { state, change } of changed) {
    await tellChange(job, {
      object: secretRef(settings, state.name),
      uid: state.uid,
      reason: 'SpaceliftConnected',
      message: `Connected: ${secretNamed(state.name, settings)} points Spacelift at ${settings.endpoint}; done: ${printWrite(state, change, settings)}.`,
    });
  }
}

/** Whether the Secrets are still as this run left them: an uninstall, or a newer run, may have come since. */
export async function check({ world, settings, cleared }: Connecting, { markers, secrets }: Go) {
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

/** Says on a Deployment what was done with it. */
export async function tellStep(job: Connecting, step: Step, { name, uid }: DeploymentState): Promise<void> {
  const { settings } = job;
  const object = deploymentRef(settings, name);
  const { endpoint } = settings;
  const [reason, message] =
    step === 'restart'
      ? ['SpaceliftRestarted', `Restarted, so that its pods read where to send telemetry: ${endpoint}.`]
      : [
          'SpaceliftNoted',
          `Not restarted, only annotated: its pods are newer than the write that points Spacelift at ${endpoint}.`,
        ];
  await tellChange(job, { object, uid, reason, message });
}
