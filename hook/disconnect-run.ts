import { again } from './again.ts';
import { ApiError } from './api-error.ts';
import { type Disconnecting, disconnected, trouble, troubled } from './disconnect-endings.ts';
import { bury, forget, look, restore, takeNote } from './disconnect-steps.ts';
import { tell } from './events.ts';
import type { Marker } from './markers.ts';
import { serverLast } from './plan-connect.ts';
import { awaitRollouts, type RestartReport, restartAll } from './restart.ts';
import type { Settings } from './settings.ts';
import { deploymentRef } from './targets.ts';
import { tellUnfinished } from './unfinished.ts';
import type { Ending, World } from './world.ts';

/**
 * Disconnects Secrets that this release has connected: puts their earlier values back, and restarts the
 * Deployments. What has changed since is kept, and what belongs to another release is left alone.
 *
 * It goes in steps that an interrupted run leaves readable: the tombstone first, which stops every connect
 * that runs beside it; then the values with a fresh marker; the restarts; the owner; and the notes on the
 * Deployments last.
 *
 * @param targets - names of Secrets, some or all of the settings
 * @param uninstall - whether the release goes, and not only its targets change
 */
export async function disconnect(
  world: World,
  settings: Settings,
  targets: readonly string[],
  uninstall: boolean,
): Promise<Ending> {
  const word = world.id();
  const job: Disconnecting = {
    world,
    settings,
    uninstall,
    word,
    plans: new Map(),
    open: new Set(),
    restored: new Set(),
    troubles: [],
  };
  try {
    return await stepByStep(job, targets);
  } catch (error) {
    trouble(job, error);
    return await troubled(job);
  }
}

async function stepByStep(job: Disconnecting, targets: readonly string[]): Promise<Ending> {
  const { world, settings } = job;
  const markers = new Map<string, Marker>();
  let names = await onEach(job, targets, (name) => look(job, name));
  names = await onEach(job, names, (name) => bury(job, name));
  names = await onEach(job, names, async (name) => {
    const marker = await restore(job, name);
    if (marker !== undefined) markers.set(name, marker);
  });
  const report = await restart(job, markers);
  await onEach(job, names, (name) => forget(job, name));
  // Without restarts there are no notes, and no right to take them off.
  const noted = settings.connect.restart === 'never' ? [] : settings.spacelift.deployments;
  await onEach(job, noted, (name) => takeNote(job, name));
  await awaitRollouts(world, settings, report);
  await tellUnfinished(world, settings, report);
  return job.troubles.length > 0 ? await troubled(job) : await disconnected(job, report);
}

/** Does something with each; one that is refused is told, and does not keep the others from theirs. */
async function onEach(
  job: Disconnecting,
  names: readonly string[],
  work: (name: string) => Promise<unknown>,
): Promise<string[]> {
  const done: string[] = [];
  for (const name of names) {
    try {
      await again(job.world, () => work(name));
      done.push(name);
    } catch (error) {
      if (!(error instanceof ApiError) || error.transient) throw error;
      trouble(job, error);
    }
  }
  return done;
}

async function restart(job: Disconnecting, markers: ReadonlyMap<string, Marker>): Promise<RestartReport> {
  const { world, settings } = job;
  const inOrder = serverLast(settings.spacelift.deployments.map((name) => ({ name })));
  const names = markers.size === 0 ? [] : inOrder.map(({ name }) => name);
  if (settings.connect.restart === 'never') {
    return { restarted: [], unfinished: new Map(), left: [], byHand: names };
  }
  return restartAll(world, {
    settings,
    names,
    markers,
    check: async () => 'go',
    told: (step, { name, uid }) =>
      tell(world, settings, {
        object: deploymentRef(settings, name),
        uid,
        type: 'Normal',
        reason: step === 'restart' ? 'SpaceliftRestarted' : 'SpaceliftNoted',
        message:
          step === 'restart'
            ? 'Restarted, so that its pods read where to send telemetry: no longer to our collector.'
            : 'Not restarted, only annotated: its pods are newer than the write that disconnected Spacelift.',
      }),
  });
}
