import type { DebugConfig } from '../../schema/types/telemetry-config.ts';
import type { Values } from '../../schema/types/values.ts';

/** How much both programs log about themselves; spans are never printed, since they carry what users typed. */
export function debug({ logLevel = 'info' }: DebugConfig): Values {
  const config = { service: { telemetry: { logs: { level: logLevel } } } };
  return {
    presets: { debug: logLevel },
    jaeger: { userconfig: config },
    otelcol: { alternateConfig: config },
  };
}
