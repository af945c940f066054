import { ANNOTATION, DISABLED, ENDPOINT, KEYS, type Key, OPEN_TELEMETRY, VENDOR, VENDORS } from './names.ts';
import { ownerOf, type Settings } from './settings.ts';
import type { SecretState } from './state.ts';

/** Values as they were before us: encoded as in the Secret, null for a key that was not there. */
export type Remembered = Readonly<Record<Key, string | null>>;

/** What a Secret that was connected without a memory of its own goes back to; the same as nothing set. */
const NOTHING: Remembered = { [VENDOR]: encode(DISABLED), [ENDPOINT]: null };

/** A text as a Secret's data holds it. */
export function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** The values that connect Spacelift. */
export function wantedData({ endpoint }: Settings): Readonly<Record<Key, string>> {
  return { [VENDOR]: encode(OPEN_TELEMETRY), [ENDPOINT]: encode(endpoint) };
}

/** A value as a person would read it; empty when it is not there, which Spacelift takes for the same. */
export function textOf({ data }: SecretState, key: Key): string {
  return Buffer.from(data[key] ?? '', 'base64')
    .toString()
    .trim();
}

/** Whether a key holds what this program has written, by these settings or by earlier ones. */
export function isOurs(secret: SecretState, settings: Settings, key: Key): boolean {
  const endpoint = textOf(secret, ENDPOINT);
  const written = secret.annotations[ANNOTATION.endpoint];
  const ourEndpoint = endpoint !== '' && (endpoint === settings.endpoint || endpoint === written);
  return ourEndpoint && (key === ENDPOINT || textOf(secret, VENDOR) === OPEN_TELEMETRY);
}

/** Whether the Secret sends telemetry to somebody else: what connecting would silently end. */
export function isForeign(secret: SecretState, settings: Settings): boolean {
  const vendor = textOf(secret, VENDOR);
  if (vendor === '' || vendor === DISABLED || isOurs(secret, settings, VENDOR)) return false;
  // Ours, with the endpoint taken away by somebody: to be healed, not to be respected.
  const healable = vendor === OPEN_TELEMETRY && textOf(secret, ENDPOINT) === '';
  return !(healable && secret.annotations[ANNOTATION.owner] === ownerOf(settings));
}

/** What to remember when connecting: for each key the last value that was not ours. */
export function remember(secret: SecretState, settings: Settings): Remembered {
  const before = remembered(secret);
  const of = (key: Key) => (isOurs(secret, settings, key) ? before[key] : (secret.data[key] ?? null));
  return { [VENDOR]: of(VENDOR), [ENDPOINT]: of(ENDPOINT) };
}

/** What is remembered on a Secret. */
export function remembered({ annotations }: SecretState): Remembered {
  const json = annotations[ANNOTATION.previous];
  if (json === undefined) return NOTHING;
  try {
    const read: unknown = JSON.parse(json);
    return isRemembered(read) ? read : NOTHING;
  } catch {
    return NOTHING;
  }
}

function isRemembered(read: unknown): read is Remembered {
  if (typeof read !== 'object' || read === null) return false;
  return KEYS.every((key) => {
    const value = (read as Record<string, unknown>)[key];
    return value === null || typeof value === 'string';
  });
}

/** A value as far as it may be printed: vendors by name, no endpoint but ours. */
export function printValue(key: Key, encoded: string | null | undefined, settings: Settings): string {
  if (encoded === null || encoded === undefined) return 'not set';
  const text = Buffer.from(encoded, 'base64').toString().trim();
  if (text === '') return 'empty';
  if (key === VENDOR) return VENDORS.includes(text) ? text : 'another vendor';
  return text === settings.endpoint ? text : 'another endpoint';
}
