import { PINS } from '../../generator/config/pins.ts';
import { missingCharts } from '../../scripts/charts.mjs';
import { tool } from '../../scripts/tools.mjs';
import { programPath, whySkipped } from '../support/processes.ts';
import { minorVersion } from './jaeger-words.ts';

/** The programs that the chart's images run, and a sender of spans. */
export const programs = {
  collector: await programPath('OTELCOL_K8S', 'otelcol-k8s'),
  /** The distribution with Kafka's exporter: the release where it is at hand, else a collector of the same modules. */
  contrib:
    (await programPath('OTELCOL_CONTRIB', 'otelcol-contrib')) ??
    (await tool('otelcol-kafka').catch(() => undefined)),
  jaeger: await programPath('JAEGER', 'jaeger'),
  /** A second Jaeger, of another version. */
  nextJaeger: await programPath('JAEGER_NEXT'),
  telemetrygen: await programPath('TELEMETRYGEN', 'telemetrygen'),
};

const lacking = {
  collector: 'no otelcol-k8s on PATH or in OTELCOL_K8S',
  contrib: 'no otelcol-contrib on PATH or in OTELCOL_CONTRIB, and no Go to build otelcol-kafka',
  jaeger: 'no jaeger on PATH or in JAEGER',
  telemetrygen: 'no telemetrygen on PATH or in TELEMETRYGEN',
};

type Program = keyof typeof lacking;

/** What a machine lacks of these programs and of the chart, one phrase each. */
export async function whatMisses(...needed: Program[]): Promise<string[]> {
  const missing = needed
    .filter((program) => programs[program] === undefined)
    .map((program) => lacking[program]);
  const charts = await missingCharts().catch(() => [{ name: 'the chart itself' }]);
  if (charts.length > 0)
    missing.push(`${charts.map(({ name }) => name).join(' and ')} not there: npm run charts`);
  return missing;
}

/**
 * Why the tests of the level `config` that need these programs cannot run, for the name of a `describe.skipIf`;
 * nothing when they can. Under REQUIRE_CONFIG that is a failure instead.
 */
export async function whyNot(...needed: Program[]): Promise<string> {
  return whySkipped('config', await whatMisses(...needed), 'REQUIRE_CONFIG');
}

/** The path of a program that a test has found to be there. */
export function program(name: keyof typeof programs): string {
  const path = programs[name];
  if (path === undefined) throw new Error(`${name} is not at hand`);
  return path;
}

/** The minor version of the Jaeger that the chart pins. */
const PINNED = Number(PINS.jaeger.appVersion.split('.')[1]);

/** A Jaeger at hand. */
export interface Jaeger {
  /** With its version, for the name of a test. */
  readonly name: string;
  readonly path: string;
  /** Of Jaeger 2; infinite for a build that tells none, of the newest source. */
  readonly minor: number;
  readonly isPinned: boolean;
}

/** The Jaegers at hand: the one that is run, and one of another version beside it. */
export async function jaegers(): Promise<Jaeger[]> {
  const paths = [programs.jaeger, programs.nextJaeger].filter((path) => path !== undefined);
  const all = await Promise.all(paths.map(async (path) => ({ path, minor: await minorVersion(path) })));
  return all.map(({ path, minor }) => ({
    name: Number.isFinite(minor) ? `Jaeger 2.${minor}` : 'Jaeger of the newest source',
    path,
    minor,
    isPinned: minor === PINNED,
  }));
}

/** Those of the pinned version or a newer one; one that is older knows less than the chart writes. */
export async function currentJaegers(): Promise<Jaeger[]> {
  return (await jaegers()).filter(({ minor }) => minor >= PINNED);
}

/** The program of a rendered collector: image and command are of one distribution. */
export const collectorOf = ({ command }: { command: string }) =>
  command === 'otelcol-contrib' ? 'contrib' : 'collector';
