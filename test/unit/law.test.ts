import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { features } from '../../generator/features/index.ts';
import {
  baseValues,
  merge,
  model,
  overlay,
  type Preset,
  presets,
  type TelemetryConfig,
  type Values,
  values,
} from '../../generator/index.ts';
import type { CollectorConfig } from '../../schema/types/values.ts';
import { compileShipped } from '../schema/verdicts.ts';
import { anyConfig } from '../support/configurations.ts';
import { anySet, configOf } from '../support/preset-sets.ts';

/** Paths of all lists and scalars, which is where one file can overwrite another. */
function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${path}/${key}`));
}

/** Paths of all nulls; a text may well have the four letters. */
function nulls(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value ?? {}).flatMap(([key, child]) => nulls(child, `${path}/${key}`));
}

/** What `helm -f A -f B ...` makes of presets. */
const laid = (chosen: readonly Preset[]) =>
  chosen.map((preset) => overlay(preset.config, model)).reduce<Values>(merge, baseValues(model));

/** Without what nothing points at, which may stay behind: Jaeger's backends, and components in no list of the collector. */
function withoutSpare(all: Values): Values {
  const extensions = all.jaeger?.userconfig?.extensions ?? {};
  const used = extensions.jaeger_query?.storage?.traces ?? '';
  const backend = extensions.jaeger_storage?.backends?.[used] ?? {};
  const storage = { ...extensions.jaeger_storage, backends: { [used]: backend } };
  const only = { ...extensions, jaeger_storage: storage };
  return {
    ...all,
    jaeger: { ...all.jaeger, userconfig: { ...all.jaeger?.userconfig, extensions: only } },
    otelcol: { ...all.otelcol, alternateConfig: withoutSpareComponents(all.otelcol?.alternateConfig ?? {}) },
  };
}

function withoutSpareComponents(config: CollectorConfig): CollectorConfig {
  const { pipelines = {}, extensions = [] } = config.service ?? {};
  const used = [
    ...Object.values(pipelines).flatMap((pipeline) => Object.values(pipeline)),
    extensions,
  ].flat();
  return onlyComponents(config, (_, id) => used.includes(id));
}

/** Without the components that the base does not have: only a list brings them to work. */
function withoutAdded(all: Values): Values {
  const base = baseValues(model).otelcol?.alternateConfig as Record<string, object>;
  const config = all.otelcol?.alternateConfig ?? {};
  const known = onlyComponents(config, (kind, id) => id in (base[kind] ?? {}));
  return { ...all, otelcol: { ...all.otelcol, alternateConfig: known } };
}

function onlyComponents(config: CollectorConfig, wanted: (kind: string, id: string) => boolean) {
  const kept = Object.entries(config).map(([kind, components]) => {
    const entries = Object.entries(components).filter(([id]) => kind === 'service' || wanted(kind, id));
    return [kind, Object.fromEntries(entries)];
  });
  return Object.fromEntries(kept) as CollectorConfig;
}

describe('the law of composition', () => {
  test('(1) every list and scalar has one owner', () => {
    fc.assert(
      fc.property(anyConfig, (some) => {
        const owners = Object.keys(features).map((owner) => ({
          owner,
          paths: leaves(overlay({ [owner]: some[owner as keyof TelemetryConfig] }, model)),
        }));
        const seen = new Map<string, string>();
        for (const { owner, paths } of owners) {
          for (const path of paths) {
            expect(seen.get(path) ?? owner, `${path} is written by two features`).toBe(owner);
            seen.set(path, owner);
          }
        }
      }),
    );
  });

  test('(2) presets of one owner write the same lists and scalars, but for what bears their name or is added', () => {
    for (const owner of Object.keys(features)) {
      const written = presets
        .filter((preset) => preset.owner === owner)
        .map(({ name: own, config: of }) =>
          leaves(withoutAdded(overlay(of, model))).filter((path) => !path.includes(`/backends/${own}/`)),
        );
      for (const paths of written) expect(paths).toEqual(written[0]);
    }
  });

  test('(2) each preset configures its owner alone', () => {
    for (const preset of presets) expect(Object.keys(preset.config)).toEqual([preset.owner]);
  });

  test('the shipped schema accepts what any configuration gives', () => {
    const accepts = compileShipped();
    fc.assert(
      fc.property(anyConfig, (some) => {
        expect(accepts(overlay(some, model)) || accepts.errors).toBe(true);
      }),
    );
  });

  test('(3) there is no null anywhere', () => {
    fc.assert(
      fc.property(anyConfig, (some) => {
        expect(nulls(values(some, model))).toEqual([]);
      }),
    );
    expect(nulls(baseValues(model))).toEqual([]);
  });

  test('any presets in any order give what the generator gives', () => {
    const chosen = fc.array(fc.constantFrom(...presets), { maxLength: 6 });
    fc.assert(
      fc.property(chosen, (list) => {
        expect(withoutSpare(laid(list))).toEqual(withoutSpare(values(configOf(list), model)));
      }),
    );
  });

  test('the order of presets of different owners changes nothing', () => {
    const twoOrders = anySet.chain((list) => {
      const order = fc.shuffledSubarray([...list], { minLength: list.length });
      return fc.tuple(order, order);
    });
    fc.assert(
      fc.property(twoOrders, ([one, other]) => {
        expect(laid(other)).toEqual(laid(one));
      }),
    );
  });

  test('the base is the memory preset, and its way back', () => {
    const memory = presets.find((preset) => preset.name === 'memory');
    expect(merge(baseValues(model), overlay(memory?.config ?? {}, model))).toEqual(baseValues(model));
  });
});
