/** What the API server does with patches and with the owners of fields, as far as the hook depends on it. */

type Json = null | string | number | boolean | Json[] | { [key: string]: Json };
type Tree = { [key: string]: Tree };

export interface ManagedEntry {
  manager: string;
  operation: string;
  fieldsV1: Tree;
}

/** Parts of objects whose owners are kept. */
const OWNED = [
  ['data'],
  ['metadata', 'annotations'],
  ['spec', 'template', 'metadata', 'annotations'],
  ['spec', 'paused'],
];

/** A JSON merge patch (RFC 7386). */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const result: Record<string, unknown> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** A JSON patch (RFC 6902) of tests and removals. @throws Error when a test fails or a path is not there */
export function jsonPatch<Target>(target: Target, operations: readonly Record<string, Json>[]): Target {
  const result = structuredClone(target);
  for (const { op, path, value } of operations) {
    const keys = String(path)
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = keys.pop() ?? '';
    const parent = keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], result);
    const at = parent as Record<string, unknown> | undefined;
    if (at?.[last] === undefined) throw new Error(`no ${path}`);
    if (op === 'test' && JSON.stringify(at[last]) !== JSON.stringify(value)) throw new Error(`test ${path}`);
    if (op === 'remove' && Array.isArray(at)) at.splice(Number(last), 1);
    else if (op === 'remove') delete at[last];
    else if (op !== 'test') throw new Error(`${op} is not played`);
  }
  return result;
}

/** Owners after a write: who changed a field has it alone, and an entry of no fields goes. */
export function fieldsAfter(
  before: object,
  after: object,
  entries: readonly ManagedEntry[],
  manager: string,
): ManagedEntry[] {
  const leavesBefore = leaves(before);
  const leavesAfter = leaves(after);
  const written = [...leavesAfter].filter(([path, value]) => leavesBefore.get(path) !== value);
  const gone = [...leavesBefore.keys()].filter((path) => !leavesAfter.has(path));
  const changed = [...gone, ...written.map(([path]) => path)];
  const result = structuredClone([...entries]);
  for (const { fieldsV1 } of result) for (const path of changed) remove(fieldsV1, path.split('\n'));
  if (written.length > 0) {
    let entry = result.find((one) => one.manager === manager && one.operation === 'Update');
    if (!entry) {
      entry = { manager, operation: 'Update', fieldsV1: {} };
      result.push(entry);
    }
    for (const [path] of written) add(entry.fieldsV1, path.split('\n'));
  }
  return result.filter(({ fieldsV1 }) => Object.keys(fieldsV1).length > 0);
}

/** Adds a field to a manager's, each key with `f:` before it as in `fieldsV1`. */
export function add(tree: Tree, path: readonly string[]): void {
  let at = tree;
  for (const key of path) {
    at[`f:${key}`] ??= {};
    at = at[`f:${key}`] as Tree;
  }
}

/** Whether a manager has a field. */
export function owns({ fieldsV1 }: ManagedEntry, path: readonly string[]): boolean {
  return path.reduce<Tree | undefined>((at, key) => at?.[`f:${key}`], fieldsV1) !== undefined;
}

function remove(tree: Tree, path: readonly string[]): void {
  const [key, ...rest] = path;
  const child = tree[`f:${key}`];
  if (child === undefined) return;
  remove(child, rest);
  if (Object.keys(child).length === 0) delete tree[`f:${key}`];
}

function leaves(object: object): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const path of OWNED) {
    const value = path.reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      object,
    );
    if (isMap(value))
      for (const [key, leaf] of Object.entries(value)) found.set([...path, key].join('\n'), leaf);
    else if (value !== undefined) found.set(path.join('\n'), value);
  }
  return found;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
