import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { badgerOf, folders } from './badger-volume.ts';
import { at, type Step } from './step.ts';

/** A configuration of Jaeger 2, which worked: what it says of its storage goes over, the rest is for a person. */
export function userconfig(value: Json, root: JsonObject): Step {
  const name = at(value, 'extensions.jaeger_query.storage.traces');
  const backend = at(value, `extensions.jaeger_storage.backends.${String(name)}`) ?? {};
  const says =
    'this chart writes the configuration of Jaeger; compare yours with jaeger.userconfig of its values';
  if (!isObject(backend)) return { says };
  const { memory } = backend;
  const badger = badgerOf(value);
  if (isObject(memory)) {
    const maxTraces = Number(memory['max_traces']);
    return { config: { storage: { memory: maxTraces > 0 ? { maxTraces } : {} } }, says };
  }
  if (!badger)
    return { says: `${says}; its storage ${Object.keys(backend).join()} is a section of the configuration` };
  const volumes = at(root, 'jaeger.extraVolumes');
  const claims = (Array.isArray(volumes) ? volumes : []).map((volume) =>
    at(volume as Json, 'persistentVolumeClaim.claimName'),
  );
  const existingClaim = claims.find((claim) => typeof claim === 'string');
  const retention = at(badger, 'ttl.spans');
  const values = folders(badger['directories'], root);
  return {
    config: {
      storage: {
        badger: {
          ...(existingClaim && { existingClaim }),
          ...(typeof retention === 'string' && { retention }),
        },
      },
    },
    ...(Object.keys(values).length > 0 && { values }),
    says,
  };
}
