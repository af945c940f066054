import { ApiError } from './api-error.ts';
import type { ObjectRef } from './api-objects.ts';
import type { Kubernetes } from './kubernetes.ts';
import { ANNOTATION } from './names.ts';
import type { Objects } from './read.ts';
import type { ConnectRun } from './settings.ts';

/**
 * When the Job of this run was made, by the API server's clock, which tombstones are from too: a pod of it may
 * start much later, after an eviction for instance.
 *
 * @returns nothing where there is no such Job, or no right to ask
 */
export async function beginOf(api: Kubernetes, job: ObjectRef | undefined): Promise<number | undefined> {
  if (job === undefined) return undefined;
  try {
    const { metadata } = await api.get(job, 'metadata');
    return Date.parse(metadata.creationTimestamp);
  } catch (error) {
    if (error instanceof ApiError && [403, 404].includes(error.status)) return undefined;
    throw error;
  }
}

/**
 * An uninstall wins over a run on a schedule at any time, and over one of Helm's whose Job is older; an install,
 * upgrade or rollback that comes later wins over the uninstall.
 */
export function tombstonesToClear(
  { secrets }: Objects,
  run: ConnectRun,
  begun: number | undefined,
): Set<string> {
  if (run === 'reconcile') return new Set();
  const found = [...secrets.values()].flatMap((secret) => secret?.annotations[ANNOTATION.disconnected] ?? []);
  return new Set(found.filter((tombstone) => begun === undefined || !(buried(tombstone) >= begun)));
}

/** When a tombstone was set; NaN for an older chart's. A Job of the same second is older: its time is cut to a second. */
function buried(tombstone: string): number {
  return Date.parse(tombstone.split(' ')[2] ?? '');
}
