import type { HookValues, SpaceliftValues } from '../../schema/types/telemetry-config.ts';
import type { Values } from '../../schema/types/values.ts';

/** Which Spacelift is connected, and how: read by templates of our own, so configuration and values are the same. */
export function spacelift(section: SpaceliftValues): Values {
  const mode = section.connect?.mode;
  return { ...(mode !== undefined && { presets: { spacelift: mode } }), spacelift: section };
}

/** The pods that connect it; the same in configuration and values too. */
export function hook(section: HookValues): Values {
  return { hook: section };
}
