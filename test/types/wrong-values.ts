/**
 * Values that must not compile. Each `@ts-expect-error` is itself an error for tsc where the line below is fine,
 * so compiling this file proves that every one of them is refused.
 */
import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import type { CollectorConfig, JaegerExtensions, Values } from '../../schema/types/values.ts';

// @ts-expect-error: misspelt section
export const section: TelemetryConfig = { storge: {} };
// @ts-expect-error: a number for a size
export const size: TelemetryConfig = { storage: { badger: { size: 20 } } };
// @ts-expect-error: a level that does not exist
export const level: TelemetryConfig = { debug: { logLevel: 'loud' } };
// @ts-expect-error: the guide's key
export const dead: Values = { jaeger: { allInOne: {} } };
// @ts-expect-error: null
export const nothing: Values = { otelcol: { alternateConfig: { exporters: { nop: null } } } };
// @ts-expect-error: misspelt field of a named component
export const field: CollectorConfig = { exporters: { 'otlp_grpc/jaeger': { endpont: 'jaeger:4317' } } };
// @ts-expect-error: wrong type of a field of a named component
export const type: CollectorConfig = { exporters: { 'otlp_grpc/jaeger': { endpoint: 4317 } } };
// @ts-expect-error: unknown component
export const component: CollectorConfig = { exporters: { otlp_grcp: {} } };
// @ts-expect-error: a component's old name
export const renamed: CollectorConfig = { exporters: { otlp: { endpoint: 'jaeger:4317' } } };
// @ts-expect-error: a signal that does not exist
export const signal: CollectorConfig = { service: { pipelines: { 'trace/a': {} } } };
// @ts-expect-error: misspelt field below a map with free keys
export const backend: JaegerExtensions = { jaeger_storage: { backends: { mine: { badgr: {} } } } };

/** And some that must. */
export const right: Values = {
  jaeger: {
    userconfig: { extensions: { jaeger_storage: { backends: { mine: { badger: { ephemeral: false } } } } } },
  },
  otelcol: { alternateConfig: { exporters: { 'otlp_grpc/jaeger': { endpoint: 'jaeger:4317' }, nop: {} } } },
};
