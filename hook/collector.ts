import { collectorService } from './events.ts';
import { Refusal } from './problem.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

const POLL_MS = 1_000;

/**
 * Waits until the collector accepts connections, for at most half of the time: Spacelift logs an error for
 * each export that finds nobody.
 *
 * @throws {@link Refusal} when it does not, with nothing touched
 */
export async function waitForCollector(world: World, settings: Settings): Promise<void> {
  const { hostname, port } = new URL(settings.endpoint);
  const host = hostname.replace(/^\[|\]$/g, '');
  const begun = world.now();
  const until = begun + (world.deadline - begun) / 2;
  while (!(await world.accepts(host, Number(port || 80)))) {
    if (world.now() + POLL_MS > until) throw new Refusal([unreachable(settings, world.now() - begun)]);
    await world.wait(POLL_MS);
  }
}

function unreachable(settings: Settings, ms: number) {
  const service = collectorService(settings);
  const look = `kubectl --namespace ${service.namespace} get pods,endpointslices`;
  const sentence = `Not connected: the collector does not accept connections at ${settings.endpoint} after ${Math.round(ms / 1000)} seconds, so Spacelift in namespace ${settings.spacelift.namespace} was left as it is; look at ${look}, and run helm upgrade when the Service ${service.name} in namespace ${service.namespace} answers.`;
  return { object: service, sentence };
}
