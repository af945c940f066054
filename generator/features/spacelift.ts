import type { HookValues, SpaceliftValues } from '../../schema/types/telemetry-config.ts';
import type { Feature } from './feature.ts';

/** Which Spacelift is connected, and how: read by templates of our own, so configuration and values are the same. */
export const spacelift: Feature<SpaceliftValues> = {
  overlay: (section) => {
    const mode = section.connect?.mode;
    return { ...(mode !== undefined && { presets: { spacelift: mode } }), spacelift: section };
  },
  base: { connect: { mode: 'job' } },
  presets: [
    {
      name: 'reconcile',
      purpose:
        'Connects Spacelift again by itself when somebody resets its Secret: a CronJob looks every 15 minutes.',
      section: { connect: { mode: 'reconcile' } },
    },
    {
      name: 'manual',
      purpose:
        'Leaves Spacelift alone and prints the commands that connect it, for clusters where a Job may not.',
      section: { connect: { mode: 'manual' } },
    },
  ],
};

/** The pods that connect it; the same in configuration and values too. */
export const hook: Feature<HookValues> = { overlay: (section) => ({ hook: section }), presets: [] };
