import type { ObjectRef } from './api-objects.ts';
import { releaseNamed, type Settings } from './settings.ts';
import type { World } from './world.ts';

/** What an Event says, and of which object. */
export interface Told {
  readonly object: ObjectRef;
  /** `kubectl describe` finds an Event by it. */
  readonly uid?: string | undefined;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** The longest message that the newer Event API takes (kubernetes, pkg/apis/core/validation/events.go). */
const LONGEST = 1024;

/**
 * Says it as an Event on the object, for those who do not read the Job's log. When Spacelift's namespace
 * takes none, the release's own gets it, on the collector's Service. An Event that is refused changes
 * nothing: it is only told.
 */
export async function tell(world: World, settings: Settings, told: Told): Promise<void> {
  if (await create(world, settings, told)) return;
  const { namespace } = settings.release;
  if (told.object.namespace !== namespace) {
    const { uid: _, ...rest } = told;
    await create(world, settings, { ...rest, object: collectorService(settings) });
  }
}

/** The collector's Service, which is in the release's namespace. */
export function collectorService({ endpoint, service, release }: Settings): ObjectRef {
  const [host = ''] = new URL(endpoint).hostname.split('.');
  return { kind: 'Service', namespace: release.namespace, name: service ?? host };
}

async function create({ api, id }: World, settings: Settings, told: Told): Promise<boolean> {
  const { object, uid, type, reason, message } = told;
  const name = `${object.name}.${id()}`;
  const time = new Date(api.time()).toISOString().replace(/\.\d+/, ''); // metav1.Time has whole seconds
  const { release } = settings;
  const by = ` By ${releaseNamed(release)}.`;
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: object.namespace },
    involvedObject: {
      apiVersion: object.kind === 'Deployment' ? 'apps/v1' : 'v1',
      kind: object.kind,
      namespace: object.namespace,
      name: object.name,
      ...(uid !== undefined && { uid }),
    },
    type,
    reason,
    message: message.slice(0, LONGEST - by.length) + by,
    source: { component: 'spacelift-telemetry' },
    reportingComponent: 'spacelift-telemetry',
    reportingInstance: `${release.namespace}/${release.name}`,
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
  };
  try {
    await api.createEvent(object.namespace, name, event);
    return true;
  } catch {
    return false;
  }
}
