import { markerAnnotations, markerOf } from './markers.ts';
import { ANNOTATION, ENDPOINT, KEYS, type Key, OPEN_TELEMETRY, VENDOR } from './names.ts';
import { refusalsOf } from './refusals.ts';
import { changeOf, type SecretChange } from './secret-change.ts';
import { isOurs, remembered, textOf, wantedData } from './secret-values.ts';
import { isKept, type NextTargets, ownerOf, type Settings } from './settings.ts';
import type { SecretState } from './state.ts';

/** What disconnecting one Secret takes, as data: printed before it is carried out. */
export type DisconnectPlan =
  | { readonly kind: 'missing' }
  /** Another release's. */
  | { readonly kind: 'foreign'; readonly owner: string }
  /** Nobody's; with a tombstone where a connect that runs beside this would make it ours. */
  | { readonly kind: 'unowned'; readonly state: SecretState; readonly tombstone: string | undefined }
  | {
      readonly kind: 'ours';
      readonly state: SecretState;
      /** To be written first, unless it is there. */
      readonly tombstone: string | undefined;
      readonly change: SecretChange;
      /** Keys that keep a value which is no longer ours. */
      readonly kept: readonly Key[];
      /** Whether a run that was stopped before its end has put the earlier values back. */
      readonly restored: boolean;
    }
  /** Disconnected by this release before; only the notes on the Deployments may be left. */
  | { readonly kind: 'finished'; readonly state: SecretState };

/** What a plan depends on besides the Secret. */
export interface DisconnectContext {
  readonly settings: Settings;
  /** Whether the release goes; otherwise only its targets change. */
  readonly uninstall: boolean;
  readonly word: string;
  readonly now: number;
}

/** Secrets of the old revision that the next one does not connect. */
export function targetsLeft({ spacelift }: Settings, next: NextTargets): string[] {
  const { namespace, secrets } = spacelift;
  return secrets.filter((secret) => namespace !== next.namespace || !next.secrets.includes(secret));
}

/** What to do with a Secret, from what was read. */
export function planDisconnect(secret: SecretState | undefined, context: DisconnectContext): DisconnectPlan {
  if (secret === undefined) return { kind: 'missing' };
  const us = ownerOf(context.settings);
  const owner = secret.annotations[ANNOTATION.owner];
  const [buriedBy, buriedWord] = (secret.annotations[ANNOTATION.disconnected] ?? '').split(' ');
  const buried = buriedBy === us;
  const tombstone = buried ? undefined : `${us} ${context.word} ${new Date(context.now).toISOString()}`;
  if (owner === us) {
    const ofTombstone = (buried && buriedWord) || context.word;
    return { kind: 'ours', state: secret, tombstone, ...restore(secret, context, ofTombstone) };
  }
  if (owner !== undefined) return { kind: 'foreign', owner };
  if (buried) return { kind: 'finished', state: secret };
  const kept = isKept(secret, context.settings);
  const contested = context.uninstall && !kept && wouldConnect(secret, context.settings);
  return { kind: 'unowned', state: secret, tombstone: contested ? tombstone : undefined };
}

/**
 * The annotations that say whose the Secret is; they go last, as they tell an interrupted run what is left.
 */
export const OWNERSHIP: SecretChange = {
  data: {},
  annotations: { [ANNOTATION.owner]: null, [ANNOTATION.marker]: null, [ANNOTATION.markerTime]: null },
};

/**
 * The marker of a write that puts values back begins with the word of its tombstone: so a later run can tell whether
 * one before it came so far. A connect that comes between takes the tombstone away, and writes a marker of its own.
 */
function restore(
  secret: SecretState,
  { settings, word, now }: DisconnectContext,
  ofTombstone: string,
): Pick<Extract<DisconnectPlan, { kind: 'ours' }>, 'change' | 'kept' | 'restored'> {
  const restored = markerOf(secret.annotations)?.word.startsWith(`${ofTombstone}-`) ?? false;
  const done = secret.annotations[ANNOTATION.endpoint] === undefined;
  if (done) return { change: { data: {}, annotations: {} }, kept: [], restored };

  const before = remembered(secret);
  const ours = KEYS.filter((key) => isToRestore(secret, settings, key));
  const change = changeOf(secret, {
    data: Object.fromEntries(ours.map((key) => [key, before[key]])),
    annotations: {
      [ANNOTATION.previous]: null,
      [ANNOTATION.endpoint]: null,
      [ANNOTATION.collector]: null,
    },
  });
  const kept = KEYS.filter((key) => !ours.includes(key) && (secret.data[key] ?? null) !== before[key]);
  if (Object.keys(change.data).length === 0) return { change, kept, restored };
  return {
    change: {
      ...change,
      annotations: { ...change.annotations, ...markerAnnotations(`${ofTombstone}-${word}`, now) },
    },
    kept,
    restored,
  };
}

/** The vendor stays with an endpoint that somebody has set since: it is their telemetry now. */
function isToRestore(secret: SecretState, settings: Settings, key: Key): boolean {
  if (secret.appliedBy[key] !== undefined) return false;
  if (isOurs(secret, settings, key)) return true;
  const headless = textOf(secret, VENDOR) === OPEN_TELEMETRY && textOf(secret, ENDPOINT) === '';
  return key === VENDOR && headless;
}

function wouldConnect(secret: SecretState, settings: Settings): boolean {
  const change = changeOf(secret, { data: wantedData(settings), annotations: {} });
  return refusalsOf(secret, change, settings).length === 0;
}
