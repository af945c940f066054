import type { JaegerConfig, JaegerDeployment, TraceBackend } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { credentialsMount, credentialsVolume } from '../../values/credentials.ts';
import { CONFIG_SHA, goMemoryLimit } from '../../values/jaeger.ts';

type Pod = Required<
  Pick<JaegerDeployment, 'resources' | 'extraVolumes' | 'extraVolumeMounts' | 'extraEnv' | 'args'>
>;

/** What one storage needs of Jaeger's pod beside what every pod has. */
export interface PodNeeds {
  /** Memory that is set aside, and the most it may take. */
  readonly memory: readonly [request: string, limit: string];
  readonly volumes?: Pod['extraVolumes'];
  readonly mounts?: Pod['extraVolumeMounts'];
  readonly env?: Pod['extraEnv'];
  readonly args?: Pod['args'];
}

/**
 * Jaeger's pod for one storage: every storage writes all of these lists, so that a later one leaves nothing of an
 * earlier one. Each has the slot for Secrets of other features: a file in it is there whatever the storage.
 */
export function pod(needs: PodNeeds, { secrets }: Model): Pod {
  const [request, limit] = needs.memory;
  return {
    resources: { requests: { cpu: '200m', memory: request }, limits: { memory: limit } },
    extraVolumes: [...(needs.volumes ?? []), credentialsVolume(secrets.jaeger)],
    extraVolumeMounts: [...(needs.mounts ?? []), credentialsMount(secrets.jaeger)],
    extraEnv: [...goMemoryLimit(), ...(needs.env ?? [])],
    args: [CONFIG_SHA, ...(needs.args ?? [])],
  };
}

/** A backend named after its type, and both pointers at it. */
export function backend<Name extends keyof TraceBackend & string>(
  name: Name,
  settings: NonNullable<TraceBackend[Name]>,
): JaegerConfig {
  return {
    extensions: {
      jaeger_query: { storage: { traces: name } },
      jaeger_storage: { backends: { [name]: { [name]: settings } } },
    },
    exporters: { jaeger_storage_exporter: { trace_storage: name } },
  };
}
