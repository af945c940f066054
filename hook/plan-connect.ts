import { type Marker, type Markers, markerAnnotations, markerOf, type Step, stepFor } from './markers.ts';
import { ANNOTATION } from './names.ts';
import { obstacles, type PlannedSecret } from './obstacles.ts';
import { environmentNotes } from './pod-environment.ts';
import type { Problem } from './problem.ts';
import { annotationsAfter, changeOf, isEmpty, type SecretChange } from './secret-change.ts';
import { remember, wantedData } from './secret-values.ts';
import { type ConnectRun, isKept, ownerOf, type Settings } from './settings.ts';
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
      readonly deployments: readonly { readonly state: DeploymentState; readonly step: Step | 'byHand' }[];
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
  readonly run: ConnectRun;
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
    deployments: serverLast(there).map((state) => ({ state, step: chosenStep(state, markers, settings) })),
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
  return quiet && deployments.every(({ step }) => !isOurs(step));
}

/** Whether a step is for us to take. */
export function isOurs(step: Step | 'byHand'): step is Exclude<Step, 'nothing'> {
  return step === 'restart' || step === 'note';
}

function chosenStep(state: DeploymentState, markers: Markers, { connect }: Settings): Step | 'byHand' {
  const step = stepFor(state, markers);
  return connect.restart === 'never' && step !== 'nothing' ? 'byHand' : step;
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
      if (isKept(state, settings)) return [[state.name, keptMarker(settings)]];
      const marker = markerOf(annotationsAfter(state, change));
      return marker === undefined ? [] : [[state.name, marker]];
    }),
  );
}

function keptMarker({ endpoint, collector }: Settings): Marker {
  return { word: collector === undefined ? endpoint : `${endpoint}@${collector}`, time: undefined };
}

function changeFor(secret: SecretState, context: ConnectContext): SecretChange {
  const { settings, word, now, run } = context;
  const data = wantedData(settings);
  if (isKept(secret, settings)) return changeOf(secret, { data, annotations: {} });
  const bare = changeOf(secret, {
    data,
    annotations: {
      [ANNOTATION.owner]: ownerOf(settings),
      [ANNOTATION.endpoint]: settings.endpoint,
      [ANNOTATION.previous]: JSON.stringify(remember(secret, settings)),
      [ANNOTATION.disconnected]: null,
      // A schedule may come between Helm's write of the settings and the new collector.
      ...(run !== 'reconcile' && { [ANNOTATION.collector]: settings.collector ?? null }),
    },
  });
  // One without a marker was connected by hand: nobody knows whether its pods have been restarted.
  const marked = markerOf(secret.annotations) !== undefined;
  const before = secret.annotations[ANNOTATION.collector];
  const replaced = before !== undefined && typeof bare.annotations[ANNOTATION.collector] === 'string';
  if (marked && !replaced && Object.keys(bare.data).length === 0) return bare;
  return { ...bare, annotations: { ...bare.annotations, ...markerAnnotations(word, now) } };
}
