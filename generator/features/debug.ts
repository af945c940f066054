import type { DebugConfig } from '../../schema/types/telemetry-config.ts';
import type { Values } from '../../schema/types/values.ts';
import type { Feature } from './feature.ts';

/** How much both programs log about themselves; spans are never printed, since they carry what users typed. */
export const debug: Feature<DebugConfig> = {
  overlay,
  base: { logLevel: 'info' },
  presets: [
    {
      name: 'debug',
      purpose: 'Debug logs of the collector and of Jaeger: loud, for the time of a search.',
      section: { logLevel: 'debug' },
    },
  ],
};

function overlay({ logLevel = 'info' }: DebugConfig): Values {
  const config = { service: { telemetry: { logs: { level: logLevel } } } };
  return {
    presets: { debug: logLevel },
    jaeger: { userconfig: config },
    otelcol: { alternateConfig: config },
  };
}
