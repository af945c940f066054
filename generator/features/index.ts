import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import type { Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';
import { foundation } from '../values/index.ts';
import { merge } from '../values/merge.ts';
import { availability } from './availability.ts';
import { buffer } from './buffer.ts';
import { debug } from './debug.ts';
import type { Feature } from './feature.ts';
import { images } from './images.ts';
import { kafka } from './kafka.ts';
import { sized } from './load.ts';
import { metrics } from './metrics/metrics.ts';
import { spanMetrics } from './metrics/span-metrics.ts';
import { networkPolicy } from './network-policy.ts';
import { hook, spacelift } from './spacelift.ts';
import { storage } from './storage/index.ts';
import { traces } from './traces/index.ts';
import { ui } from './ui.ts';

/** A section of the configuration, and the feature that reads it; `load` is of no feature, it fills in the others. */
type Owner = Exclude<keyof TelemetryConfig, 'load'>;
type Features = { readonly [Name in Owner]-?: Feature<NonNullable<TelemetryConfig[Name]>> };

/**
 * All features by the section they read, in the order in which a reader needs them. A feature is the owner of each
 * list and scalar it writes: no other feature writes there, which is what lets presets compose in any order.
 */
export const features: Features = {
  storage,
  traces,
  buffer,
  kafka,
  availability,
  metrics,
  spanMetrics,
  ui,
  networkPolicy,
  images,
  debug,
  spacelift,
  hook,
};

const owners = Object.keys(features) as Owner[];

/** A configuration with a name, shipped as `chart/presets/NAME.yaml`. */
export interface Preset {
  readonly name: string;
  /** The one feature it configures. */
  readonly owner: Owner;
  /** What it is for, as one sentence. */
  readonly purpose: string;
  /** Presets of other features without which it is refused; one of each of their owners will do. */
  readonly needs?: readonly string[];
  readonly config: TelemetryConfig;
}

/** The presets of all features. */
export const presets: readonly Preset[] = owners.flatMap((owner) =>
  features[owner].presets.map(({ section, ...preset }) => ({
    ...preset,
    owner,
    config: { [owner]: section },
  })),
);

/** The same list, with what its presets need and it does not have in front. */
export function completed(list: readonly Preset[]): readonly Preset[] {
  const there = new Set(list.map(({ owner }) => owner));
  const needs = new Set(list.flatMap((preset) => preset.needs ?? []));
  return [...presets.filter(({ name, owner }) => needs.has(name) && !there.has(owner)), ...list];
}

/** The configuration that `chart/values.yaml` stands for. */
export const baseConfig: TelemetryConfig = Object.fromEntries(
  owners.flatMap((owner) => {
    const { base } = features[owner];
    return base ? [[owner, base]] : [];
  }),
);

/** The complete values of the chart without any preset. */
export function baseValues(model: Model): Values {
  return merge(foundation(model), overlay(baseConfig, model));
}

/** What a configuration adds to the base values: the content of a preset, or of a values file to keep in git. */
export function overlay(config: TelemetryConfig, model: Model): Values {
  const complete = sized(config);
  return owners.map((owner) => overlayOf(owner, complete, model)).reduce<Values>(merge, {});
}

/** The complete values that a configuration stands for. */
export function values(config: TelemetryConfig, model: Model): Values {
  return merge(baseValues(model), overlay(config, model));
}

function overlayOf<Name extends Owner>(owner: Name, config: TelemetryConfig, model: Model): Values {
  const section = config[owner];
  return section ? features[owner].overlay(section, model) : {};
}
