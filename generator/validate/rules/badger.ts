import { isObject } from '../../text/json.ts';
import { listAt, mapAt, mapsAt, textAt } from '../../text/json-path.ts';
import { quote, type Rule, yaml } from './rule.ts';
import { isMounted, traceBackend } from './storage-backend.ts';

/** Badger writes to its folders, and Jaeger's root file system is read-only: without a mount it cannot start. */
export const badgerVolume: Rule = (subject) => {
  const { values, model } = subject;
  const { badger } = traceBackend(subject).types;
  if (!isObject(badger) || badger['ephemeral'] !== false) return [];
  const volumes = mapsAt(values, 'jaeger', 'jaeger', 'extraVolumes').map(({ name }) => name);
  const mounts = mapsAt(values, 'jaeger', 'jaeger', 'extraVolumeMounts');
  const homeless = Object.values(mapAt(badger, 'directories'))
    .map(String)
    .filter((path) => !isMounted(path, mounts, volumes));
  if (homeless.length === 0) return [];
  const claimName = textAt(values, 'storage', 'badger', 'existingClaim') || model.names.badgerClaim;
  return [
    {
      path: ['jaeger', 'jaeger', 'extraVolumeMounts'],
      message: `Badger writes to ${homeless.join(' and ')}, where no volume is mounted: a list in a later values file replaces the whole list. Put these entries into yours`,
      yaml: yaml('jaeger.jaeger', {
        extraVolumes: [{ name: 'badger', persistentVolumeClaim: { claimName } }],
        extraVolumeMounts: [{ name: 'badger', mountPath: model.badger.mountPath }],
      }),
    },
  ];
};

/** `storage.badger.existingClaim` is read by our own templates only: the subchart must name the same claim. */
export const badgerClaim: Rule = (subject) => {
  const { values } = subject;
  const existing = textAt(values, 'storage', 'badger', 'existingClaim');
  const claims = listAt(values, 'jaeger', 'jaeger', 'extraVolumes')
    .filter(isObject)
    .map((volume) => textAt(volume, 'persistentVolumeClaim', 'claimName'))
    .filter((name) => name !== '');
  const badger = 'badger' in traceBackend(subject).types;
  if (existing === '' || !badger || claims.length === 0 || claims.includes(existing)) return [];
  const volume = { name: 'badger', persistentVolumeClaim: { claimName: existing } };
  return [
    {
      path: ['storage', 'badger', 'existingClaim'],
      message: `storage.badger.existingClaim is ${quote(existing)}, but Jaeger mounts ${quote(claims.join(' and '))}: a subchart cannot read a value of its parent. Write both`,
      yaml: yaml('', {
        storage: { badger: { existingClaim: existing } },
        jaeger: { jaeger: { extraVolumes: [volume] } },
      }),
    },
  ];
};
