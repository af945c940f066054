import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

/** What a path of keys leads to, as far as it does. */
export interface Found {
  /** How many keys of the path are there. */
  readonly depth: number;
  /** The key that leads to the last of them, absent in a list and for the document itself. */
  readonly key?: Node;
  readonly value?: Node;
}

/** Follows a path of keys, through aliases and merge keys too. */
export function find(document: Document, path: readonly string[]): Found {
  let found: Found = { depth: 0, ...(document.contents && { value: document.contents }) };
  for (const key of path) {
    const next = step(document, found.value, key);
    if (!next) break;
    found = { ...next, depth: found.depth + 1 };
  }
  return found;
}

function step(document: Document, node: Node | undefined, key: string): Omit<Found, 'depth'> | undefined {
  const parent = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(parent)) {
    const value = parent.items[Number(key)] as Node | undefined;
    return value && { value };
  }
  if (!isMap(parent)) return undefined;
  const pairs = parent.items as Pair<Node, Node | null>[];
  const own = pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  if (own) return { key: own.key, ...(own.value && { value: own.value }) };
  const merged = pairs.find((pair) => isScalar(pair.key) && pair.key.source === '<<');
  const sources = isSeq(merged?.value) ? (merged.value.items as Node[]) : merged?.value ? [merged.value] : [];
  for (const source of sources) {
    const there = step(document, source, key);
    if (there) return there;
  }
  return undefined;
}

/** A scalar without quotes as it is written: `1.10` is the number 1.1, and was likely meant as it stands there. */
export function writtenAt(document: Document, path: readonly string[]): string | undefined {
  const { depth, value } = find(document, path);
  return depth === path.length && isScalar(value) && value.type === 'PLAIN' ? value.source : undefined;
}

/** Where a person looks for what a path leads to: at its key, else at its value, else at what is above it. */
export function offsetOf(document: Document, path: readonly string[]): number {
  const { key, value } = find(document, path);
  return key?.range?.[0] ?? value?.range?.[0] ?? document.range?.[0] ?? 0;
}
