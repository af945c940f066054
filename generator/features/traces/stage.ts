import type { CollectorConfig } from '../../../schema/types/values.ts';

/** Processors that a concern adds to a stage, and what it adds to the configuration for them. */
export interface Stage {
  readonly processors: readonly string[];
  readonly config: Pick<CollectorConfig, 'receivers' | 'processors' | 'exporters'>;
}

/** What a way of sampling puts between the two stages, and into the second. */
export interface Sampling extends Stage {
  /** Exporters of the first stage. */
  readonly exporters: string[];
  /** Receivers of the second. */
  readonly receivers: string[];
}
