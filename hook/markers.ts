import { ANNOTATION } from './names.ts';
import type { DeploymentState } from './state.ts';

/** The marker of a Secret, and a time that its write was not later than. */
export interface Marker {
  readonly word: string;
  /** Milliseconds since 1970; unknown when the annotation is gone. */
  readonly time: number | undefined;
}

/** Markers of Secrets by their names. */
export type Markers = ReadonlyMap<string, Marker>;

/** What a Deployment needs: pods that have read the Secret, our note that they have, or nothing. */
export type Step = 'restart' | 'note' | 'nothing';

/**
 * How long after a plan its writes may still land: the API server ends a request after 60 seconds at the
 * latest (kube-apiserver, `--request-timeout`), and the calls before it have as long. No write is sent twice:
 * after an answer that was lost everything is read and planned anew.
 */
export const WRITE_MS = 120_000;

/** When the write of the last of these markers was planned. */
export function lastWritten(markers: Markers): number {
  return Math.max(0, ...[...markers.values()].map(({ time = WRITE_MS }) => time - WRITE_MS));
}

/** The annotations of a fresh marker. */
export function markerAnnotations(word: string, now: number): Record<string, string> {
  const time = new Date(now + WRITE_MS).toISOString();
  return { [ANNOTATION.marker]: word, [ANNOTATION.markerTime]: time };
}

/** Reads a marker off a Secret's annotations. */
export function markerOf(annotations: Readonly<Record<string, string | null>>): Marker | undefined {
  const word = annotations[ANNOTATION.marker];
  if (!word) return undefined;
  const time = Date.parse(annotations[ANNOTATION.markerTime] ?? '');
  return { word, time: Number.isNaN(time) ? undefined : time };
}

/**
 * What a Deployment needs. It is restarted for a marker that it does not bear, whatever the Secret holds by
 * now: only the marker tells that its pods have started since, as those of a younger Deployment have.
 */
export function stepFor({ marker, created }: DeploymentState, markers: Markers): Step {
  const borne = parseMarker(marker);
  const unmet = [...markers].filter(([secret, { word }]) => borne.get(secret) !== word);
  if (unmet.length === 0) return 'nothing';
  return unmet.every(([, { time }]) => time !== undefined && created > time) ? 'note' : 'restart';
}

/** The merge patch of a step, valid for the version of the Deployment that was read. */
export function stepPatch(
  step: Exclude<Step, 'nothing'>,
  { resourceVersion }: Pick<DeploymentState, 'resourceVersion'> | { resourceVersion?: never },
  value: string | null,
): object {
  const annotations = { [ANNOTATION.marker]: value };
  const metadata = { ...(resourceVersion !== undefined && { resourceVersion }), annotations };
  return step === 'note' ? { metadata } : { metadata, spec: { template: { metadata: { annotations } } } };
}

/** A Deployment's annotation with these Secrets' markers in place of what it had of them. */
export function withMarkers(annotation: string | undefined, markers: Markers): string {
  const words = [...markers].map(([secret, { word }]) => [secret, word] as const);
  return printMarker([...parseMarker(annotation), ...words]);
}

/** A Deployment's annotation without these Secrets; null when nothing is left, which takes it away. */
export function withoutSecrets(annotation: string, secrets: readonly string[]): string | null {
  const rest = [...parseMarker(annotation)].filter(([secret]) => !secrets.includes(secret));
  return rest.length === 0 ? null : printMarker(rest);
}

function printMarker(entries: readonly (readonly [string, string])[]): string {
  return [...new Map(entries)]
    .map(([secret, word]) => `${secret}=${word}`)
    .sort()
    .join(',');
}

function parseMarker(annotation = ''): Map<string, string> {
  const pairs = annotation.split(',').map((pair) => pair.split('=') as [string, string?]);
  return new Map(pairs.flatMap(([secret, word]) => (secret && word ? [[secret, word]] : [])));
}
