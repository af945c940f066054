import { type Markers, markerAnnotations, markerOf, type Step, stepFor } from './markers.ts';
import { ANNOTATION } from './names.ts';
import { obstacles, type PlannedSecret } from './obstacles.ts';
import { environmentNotes } from './pod-environment.ts';
import type { Problem } from './problem.ts';
import { annotationsAfter, changeOf, isEmpty, type SecretChange } from './secret-change.ts';
import { remember, wantedData } from './secret-values.ts';
import { isKept, ownerOf, type Settings } from './settings.ts';
import type { DeploymentState, SecretState } from './state.ts';

/** Objects by their names, in the order of the settings; those that are not there are undefined. */
type Read<State> = ReadonlyMap<string, State | undefined>;

/** What connecting takes, as data: printed before it is carried out. */
export type ConnectPlan =
  | { readonly kind: 'refuse'; readonly problems: readonly Problem[] }
  /** An uninstall has been here. */
  | { readonly kind: 'stop'; readonly secret: string }
  | {
      readonly kind: 'go';
      readonly secrets: readonly PlannedSecret[];
      /** Markers of all Secrets, as they are once the changes are written. */
      readonly markers: Markers;
      readonly deployments: readonly { readonly state: DeploymentState; readonly step: Step }[];
      readonly missing: readonly string[];
      readonly notes: readonly string[];
    };

/** What a plan depends on besides the objects. */
export interface ConnectContext {
  readonly settings: Settings;
  /** The marker of a write, if there is one. */
  readonly word: string;
  readonly now: number;
  /** Tombstones that this run clears: those that an install, upgrade or rollback found when it began. */
  readonly cleared: ReadonlySet<string>;
}

/** What to write and which Deployments to restart, from what was read. */
export function planConnect(
  secrets: Read<SecretState>,
  deployments: Read<DeploymentState>,
  context: ConnectContext,
): ConnectPlan {
  const { settings } = context;
  const found = [...secrets.values()].filter((secret) => secret !== undefined);
  const stopped = found.find(({ annotations }) => isTombstone(annotations, context.cleared));
  if (stopped) return { kind: 'stop', secret: stopped.name };

  const planned = found.map((state) => ({ state, change: changeFor(state, context) }));
  const there = [...deployments.values()].filter((deployment) => deployment !== undefined);
  const problems = obstacles({ secrets, planned, deployments: there }, settings);
  if (problems.length > 0) return { kind: 'refuse', problems };

  const markers = markersAfter(planned, settings);
  return {
    kind: 'go',
    secrets: planned,
    markers,
    deployments: serverLast(there).map((state) => ({ state, step: stepFor(state, markers) })),
    missing: [...deployments].filter(([, state]) => state === undefined).map(([name]) => name),
    notes: environmentNotes(there, settings),
  };
}

/**
 * Whether a Secret bears a tombstone that this run does not clear: an uninstall wins over everything older.
 */
export function isTombstone(
  annotations: Readonly<Record<string, string>>,
  cleared: ReadonlySet<string>,
): boolean {
  const tombstone = annotations[ANNOTATION.disconnected];
  return tombstone !== undefined && !cleared.has(tombstone);
}

/** Whether anything is left to do. */
export function isIdle(plan: ConnectPlan): boolean {
  if (plan.kind !== 'go') return true;
  const { secrets, deployments } = plan;
  const quiet = secrets.every(({ state, change }) => isEmpty(change) && !state.owned);
  return quiet && deployments.every(({ step }) => step === 'nothing');
}

/**
 * Spacelift's users feel the server's restart most, so it comes when the others have proved that all is well.
 */
export function serverLast<Item extends { readonly name: string }>(items: readonly Item[]): Item[] {
  const isServer = ({ name }: Item) => /(^|-)server$/.test(name);
  return [...items.filter((item) => !isServer(item)), ...items.filter(isServer)];
}

/**
 * Markers of Secrets once these changes are written. One that is its controller's bears none: there the endpoint
 * itself is what its readers are restarted for, once.
 */
function markersAfter(planned: readonly PlannedSecret[], settings: Settings): Markers {
  return new Map(
    planned.flatMap(({ state, change }) => {
      if (isKept(state, settings)) return [[state.name, { word: settings.endpoint, time: undefined }]];
      const marker = markerOf(annotationsAfter(state, change));
      return marker === undefined ? [] : [[state.name, marker]];
    }),
  );
}

function changeFor(secret: SecretState, { settings, word, now }: ConnectContext): SecretChange {
  const data = wantedData(settings);
  if (isKept(secret, settings)) return changeOf(secret, { data, annotations: {} });
  const bare = changeOf(secret, {
    data,
    annotations: {
      [ANNOTATION.owner]: ownerOf(settings),
      [ANNOTATION.endpoint]: settings.endpoint,
      [ANNOTATION.previous]: JSON.stringify(remember(secret, settings)),
      [ANNOTATION.disconnected]: null,
    },
  });
  // One without a marker was connected by hand: nobody knows whether its pods have been restarted.
  const marked = markerOf(secret.annotations) !== undefined;
  if (marked && Object.keys(bare.data).length === 0) return bare;
  return { ...bare, annotations: { ...bare.annotations, ...markerAnnotations(word, now) } };
}
