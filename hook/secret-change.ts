import type { Key } from './names.ts';
import type { SecretState } from './state.ts';

/** What is to be written to a Secret; null takes a key or an annotation away. */
export interface SecretChange {
  readonly data: Readonly<Partial<Record<Key, string | null>>>;
  readonly annotations: Readonly<Record<string, string | null>>;
}

/** Those of the wanted values that are not there already. */
export function changeOf({ data, annotations }: SecretState, wanted: SecretChange): SecretChange {
  return {
    data: Object.fromEntries(missing(data, wanted.data)),
    annotations: Object.fromEntries(missing(annotations, wanted.annotations)),
  };
}

/** Whether there is nothing to write. */
export function isEmpty({ data, annotations }: SecretChange): boolean {
  return Object.keys(data).length === 0 && Object.keys(annotations).length === 0;
}

/** The merge patch of a change, valid for the version of the Secret that was read. */
export function changePatch({ resourceVersion }: SecretState, { data, annotations }: SecretChange): object {
  const metadata = { resourceVersion, annotations };
  return Object.keys(data).length === 0 ? { metadata } : { metadata, data };
}

/** The Secret's annotations as they are after a change. */
export function annotationsAfter(
  { annotations }: SecretState,
  change: SecretChange,
): Record<string, string | null> {
  return { ...annotations, ...change.annotations };
}

/** Entries that are not there as they are wanted; null is wanted not to be there. */
function missing(
  there: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string | null>>,
): [string, string | null][] {
  return Object.entries(wanted).filter(([name, value]) => (there[name] ?? null) !== value);
}
