import { tell } from './events.ts';
import { printRestarts } from './report.ts';
import type { RestartReport } from './restart.ts';
import type { Settings } from './settings.ts';
import { deploymentRef } from './targets.ts';
import type { World } from './world.ts';

/**
 * Says on each Deployment whose rollout is not done how far it is, and what was not restarted because of it: Helm
 * deletes a Job that went well, and its log with it.
 */
export async function tellUnfinished(world: World, settings: Settings, report: RestartReport): Promise<void> {
  for (const [name, rollout] of report.unfinished) {
    const alone = { ...report, restarted: [], unfinished: new Map([[name, rollout]]) };
    const object = deploymentRef(settings, name);
    const message = `${printRestarts(alone, settings).join('; ')}.`;
    await tell(world, settings, { object, type: 'Warning', reason: 'SpaceliftRestartUnfinished', message });
  }
}
