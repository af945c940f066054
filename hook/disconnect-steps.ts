import { becameOf, type Disconnecting } from './disconnect-endings.ts';
import { disown } from './disown.ts';
import { tell } from './events.ts';
import { type Marker, markerOf, stepPatch, withoutSecrets } from './markers.ts';
import { ANNOTATION } from './names.ts';
import { type DisconnectPlan, OWNERSHIP, planDisconnect } from './plan-disconnect.ts';
import { readDeployment, readSecret } from './read.ts';
import { printDisconnectPlan } from './report.ts';
import { annotationsAfter, changeOf, changePatch, isEmpty, type SecretChange } from './secret-change.ts';
import type { SecretState } from './state.ts';
import { deploymentRef, secretNamed, secretRef } from './targets.ts';

// Each step reads first, and writes only what is not so yet: it may be done again, by this run or by the
// next.

/** Reads a Secret, and says what will be done with it. */
export async function look(job: Disconnecting, name: string): Promise<void> {
  job.open.add(name);
  const plan = await decide(job, name);
  job.plans.set(name, plan);
  if (plan.kind !== 'ours') job.open.delete(name);
  job.world.say(printDisconnectPlan(name, plan, job.settings));
}

/**
 * Stops every connect that has not written yet: it reads the tombstone, or gets a conflict and reads it then.
 */
export async function bury(job: Disconnecting, name: string): Promise<void> {
  const plan = await decide(job, name);
  if (plan.kind !== 'ours' && plan.kind !== 'unowned') return;
  if (plan.tombstone === undefined) return;
  await write(job, plan.state, { data: {}, annotations: { [ANNOTATION.disconnected]: plan.tombstone } });
  if (plan.kind !== 'unowned') return;
  const object = secretRef(job.settings, name);
  await disown(job.world, object);
  await tell(job.world, job.settings, {
    object,
    uid: plan.state.uid,
    type: 'Normal',
    reason: 'SpaceliftDisconnected',
    message: `Annotated, so that nothing connects ${secretNamed(name, job.settings)} while the release goes; no value was changed.`,
  });
}

/**
 * Puts the earlier values back.
 *
 * @returns the marker that the Secret's readers are to be restarted for
 */
export async function restore(job: Disconnecting, name: string): Promise<Marker | undefined> {
  const plan = await decide(job, name);
  if (plan.kind !== 'ours') return undefined;
  job.open.add(name); // a connect that ran beside this may have made it ours only now
  if (!isEmpty(plan.change)) {
    job.plans.set(name, plan);
    await write(job, plan.state, plan.change);
  }
  job.open.delete(name);
  job.restored.add(name);
  await disown(job.world, secretRef(job.settings, name));
  return markerOf(annotationsAfter(plan.state, plan.change));
}

/**
 * Takes off what says whose the Secret is. The tombstone stays: a connect on a schedule may be on its way.
 */
export async function forget(job: Disconnecting, name: string): Promise<void> {
  const plan = await decide(job, name);
  if (plan.kind !== 'ours') return;
  const { world, settings } = job;
  const object = secretRef(settings, name);
  await write(job, plan.state, changeOf(plan.state, OWNERSHIP));
  job.restored.delete(name);
  await disown(world, object);
  const parts = becameOf(name, job.plans.get(name) ?? plan, settings);
  const message = `Disconnected: ${parts.join('; ')}.`;
  const { uid } = plan.state;
  await tell(world, settings, { object, uid, type: 'Normal', reason: 'SpaceliftDisconnected', message });
}

/**
 * Takes our note off a Deployment. The one on its pods stays: without it they would be restarted once more.
 */
export async function takeNote({ world, settings, plans }: Disconnecting, name: string): Promise<void> {
  const ours = [...plans].filter(([, { kind }]) => kind === 'ours' || kind === 'finished');
  if (ours.length === 0) return;
  const ref = deploymentRef(settings, name);
  const deployment = await readDeployment(world.api, ref);
  if (deployment?.marker === undefined) return;
  const secrets = ours.map(([secret]) => secret);
  const rest = withoutSecrets(deployment.marker, secrets);
  if (rest === deployment.marker) return;
  await world.api.mergePatch(ref, stepPatch('note', deployment, rest));
  const message = 'Our annotation on the Deployment was taken off; its pods were not touched by that.';
  const { uid } = deployment;
  await tell(world, settings, { object: ref, uid, type: 'Normal', reason: 'SpaceliftNoted', message });
}

async function decide(
  { world, settings, uninstall, word }: Disconnecting,
  name: string,
): Promise<DisconnectPlan> {
  const state = await readSecret(world.api, secretRef(settings, name));
  return planDisconnect(state, { settings, uninstall, word, now: world.api.time() });
}

async function write(
  { world, settings }: Disconnecting,
  state: SecretState,
  change: SecretChange,
): Promise<void> {
  await world.api.mergePatch(secretRef(settings, state.name), changePatch(state, change));
}
