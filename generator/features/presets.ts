import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';

/** A configuration with a name, shipped as `chart/presets/NAME.yaml`. */
export interface Preset {
  readonly name: string;
  /** The one feature it configures. */
  readonly owner: keyof TelemetryConfig;
  /** What it is for, as one sentence: the head of the file and the line of the README. */
  readonly purpose: string;
  readonly config: TelemetryConfig;
}

/** All presets, in the order in which a reader needs them. */
export const presets: readonly Preset[] = [
  {
    name: 'memory',
    owner: 'storage',
    purpose: "Traces in Jaeger's memory: the default, and the way back from another storage.",
    config: { storage: { memory: {} } },
  },
  {
    name: 'badger',
    owner: 'storage',
    purpose:
      'Traces in Badger on a PersistentVolumeClaim: they outlive the pod, an upgrade and an uninstall.',
    config: { storage: { badger: {} } },
  },
  {
    name: 'debug',
    owner: 'debug',
    purpose: 'Debug logs of the collector and of Jaeger: loud, for the time of a search.',
    config: { debug: { logLevel: 'debug' } },
  },
  {
    name: 'reconcile',
    owner: 'spacelift',
    purpose:
      'Connects Spacelift again by itself when somebody resets its Secret: a CronJob looks every 15 minutes.',
    config: { spacelift: { connect: { mode: 'reconcile' } } },
  },
  {
    name: 'manual',
    owner: 'spacelift',
    purpose:
      'Leaves Spacelift alone and prints the commands that connect it, for clusters where a Job may not.',
    config: { spacelift: { connect: { mode: 'manual' } } },
  },
];
