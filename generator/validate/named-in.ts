import { COMPONENT_KINDS } from '../model.ts';
import { isObject } from '../text/json.ts';
import { at } from '../text/json-path.ts';
import type { Layer } from './layer.ts';

/** Keys whose value is the id of an extension, as `auth.authenticator` and `sending_queue.storage` are. */
const EXTENSION_KEYS = ['authenticator', 'encoding', 'id', 'storage'];

/** Paths of all places that name a component of a section: in lists of the service, and for an extension in components too. */
export function namedIn(layer: Layer, config: readonly string[], section: string, id: string): string[][] {
  const uses = listedIn(layer, config, section, id);
  if (section !== 'extensions') return uses;
  const inComponents = COMPONENT_KINDS.flatMap((kind) =>
    usesBelow(at(layer.values, ...config, kind), [...config, kind], id),
  );
  return [...uses, ...inComponents.filter((path) => layer.depthOf(path) === path.length)];
}

function usesBelow(value: unknown, path: readonly string[], id: string): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) =>
    below === id && EXTENSION_KEYS.includes(key) ? [[...path, key]] : usesBelow(below, [...path, key], id),
  );
}

function listedIn(layer: Layer, config: readonly string[], section: string, id: string): string[][] {
  const service = at(layer.values, ...config, 'service');
  if (!isObject(service)) return [];
  const roles = section === 'connectors' ? ['receivers', 'exporters'] : [section];
  const pipelines = isObject(service['pipelines']) ? Object.keys(service['pipelines']) : [];
  const lists = [
    ...pipelines.flatMap((name) => roles.map((role) => ['pipelines', name, role])),
    ...(section === 'extensions' ? [['extensions']] : []),
  ];
  return lists.flatMap((list) => {
    const ids = at(service, ...list);
    if (!Array.isArray(ids)) return [];
    return ids.flatMap((each, index) => {
      const path = [...config, 'service', ...list, String(index)];
      return each === id && layer.depthOf(path) === path.length ? [path] : [];
    });
  });
}
