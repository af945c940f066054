import { distance } from 'fastest-levenshtein';

/** Spellings this many edits away are worth a guess. */
const NEAR = 2;

/** The key that was likely meant; undefined where none is close. */
export function nearest(key: string, allowed: readonly string[]): string | undefined {
  const near = allowed.filter((candidate) => distance(key, candidate) <= Math.min(NEAR, key.length - 1));
  return near.toSorted((a, b) => distance(key, a) - distance(key, b))[0];
}

/** The same for the id of a component, which is its type and maybe a name: `otlp_grpc/jaeger`. */
export function nearestId(id: string, types: readonly string[]): string | undefined {
  const [type = id, ...name] = id.split('/');
  const near = nearest(type, types);
  return near && [near, ...name].join('/');
}
