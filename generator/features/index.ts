import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import type { Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { foundation } from '../values/index.ts';
import { merge } from '../values/merge.ts';
import { debug } from './debug.ts';
import { hook, spacelift } from './spacelift.ts';
import { storage } from './storage.ts';

/** One concern of the stack: from its section of the configuration to the values it adds. Pure. */
export type Feature<Section> = (section: Section, model: Model) => Values;

type Features = { readonly [Owner in keyof TelemetryConfig]-?: Feature<NonNullable<TelemetryConfig[Owner]>> };

/**
 * All features by the section they read. A feature is the owner of each list and scalar it writes: no other
 * feature writes there, which is what lets presets compose in any order.
 */
export const features: Features = { storage, debug, spacelift, hook };

/** The configuration that `chart/values.yaml` stands for. */
export const baseConfig: TelemetryConfig = {
  storage: { memory: {} },
  debug: { logLevel: 'info' },
  spacelift: { connect: { mode: 'job' } },
};

/** The complete values of the chart without any preset. */
export function baseValues(model: Model): Values {
  return merge(foundation(model), overlay(baseConfig, model));
}

/** What a configuration adds to the base values: the content of a preset, or of a values file to keep in git. */
export function overlay(config: TelemetryConfig, model: Model): Values {
  const overlays = Object.keys(features).map((owner) =>
    overlayOf(owner as keyof TelemetryConfig, config, model),
  );
  return overlays.reduce<Values>(merge, {});
}

/** The complete values that a configuration stands for. */
export function values(config: TelemetryConfig, model: Model): Values {
  return merge(baseValues(model), overlay(config, model));
}

function overlayOf<Owner extends keyof TelemetryConfig>(
  owner: Owner,
  config: TelemetryConfig,
  model: Model,
): Values {
  const section = config[owner];
  return section ? features[owner](section, model) : {};
}
