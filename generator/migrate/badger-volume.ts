import { model } from '../model.ts';
import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { at, nested, type Rule, textAt } from './step.ts';

/** The settings of the Badger that a `userconfig` of Jaeger 2 opens; undefined where it opens none. */
export function badgerOf(userconfig: Json): JsonObject | undefined {
  const name = textAt(userconfig, 'extensions.jaeger_query.storage.traces');
  const badger = at(userconfig, `extensions.jaeger_storage.backends.${name}.badger`);
  return isObject(badger) ? badger : undefined;
}

/**
 * Where Badger's claim was mounted, when the pod had no other volume: the configuration then says all of it by the name
 * of the claim. Undefined for anything else, which stays as it is.
 */
function mountPathOf(root: JsonObject): string | undefined {
  const [volumes, mounts] = ['extraVolumes', 'extraVolumeMounts'].map((key) => at(root, `jaeger.${key}`));
  if (!badgerOf(at(root, 'userconfig') ?? {}) || !Array.isArray(volumes) || !Array.isArray(mounts))
    return undefined;
  const [volume, mount] = [volumes[0] as Json, mounts[0] as Json];
  const isOnly =
    volumes.length === 1 && mounts.length === 1 && textAt(volume, 'name') === textAt(mount, 'name');
  const isPlain = isOnly && textAt(volume, 'persistentVolumeClaim.claimName') && !textAt(mount, 'subPath');
  return isPlain ? textAt(mount, 'mountPath').replace(/\/$/, '') : undefined;
}

/** Volumes of the old pod: Badger's goes with the configuration, where it is the only one. */
export const volumeRules: readonly Rule[] = ['extraVolumes', 'extraVolumeMounts'].map((key) => ({
  path: `jaeger.${key}`,
  step: (value, root) =>
    mountPathOf(root) === undefined ? { values: nested(['jaeger', 'jaeger', key], value) } : {},
}));

/**
 * The folders of the traces that are there, as this chart mounts the claim: with others Jaeger would begin anew beside
 * them. Nothing where they are the chart's own.
 */
export function folders(directories: Json | undefined, root: JsonObject): JsonObject {
  if (!isObject(directories)) return {};
  const old = mountPathOf(root);
  const here = Object.entries(directories).map(([key, path]) => {
    const isInside = old !== undefined && typeof path === 'string' && path.startsWith(`${old}/`);
    return [key, isInside ? model.badger.mountPath + path.slice(old.length) : path] as const;
  });
  if (here.every(([key, path]) => path === `${model.badger.mountPath}/${key}`)) return {};
  const backend = ['jaeger', 'userconfig', 'extensions', 'jaeger_storage', 'backends', 'badger', 'badger'];
  return nested([...backend, 'directories'], Object.fromEntries(here));
}
