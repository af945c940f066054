import type { TelemetryConfig } from '../../../schema/types/telemetry-config.ts';

/** Two things in a configuration that exclude each other: where, and what to do about it. */
export interface Conflict {
  /** Keys that lead to the one to change. */
  readonly path: readonly string[];
  /** What is wrong and what is right, as one sentence without a full stop. */
  readonly message: string;
}

/** A key that must be there and is not, with an example of it. */
export function missing(path: readonly string[], key: string, example: string): Conflict {
  return { path, message: `${key} is missing; write for instance ${key}: ${example}` };
}

/** A certificate that nobody looks at, since the connection has no TLS. */
export function withoutTls(path: readonly string[], instead: string): Conflict {
  return { path, message: `${path.at(-1)} has no effect without TLS; write ${instead}` };
}

/** What turns TLS on where it has a switch. */
export const SWITCH_ON = 'enabled: true beside it';

/** One thing that the schema cannot say, since it is about two values at once. */
export type Rule = (config: TelemetryConfig) => Conflict[];
