import fc from 'fast-check';
import { completed } from '../../generator/features/index.ts';
import { conflicts, type Preset, presets, type TelemetryConfig } from '../../generator/index.ts';

/** Presets in the order in which Helm is given their files. */
export type PresetList = readonly Preset[];

/** The seed of this run's random sets. A failure's title has it; `PRESETS_SEED` brings the same sets back. */
const seed = Number(process.env['PRESETS_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** A list of presets with its title, as a case of a test. */
export type PresetCase = [title: string, list: PresetList];

/** Each preset alone, but for what it needs, and the chart without any. */
export const alone: readonly PresetCase[] = [[], ...presets.map((preset) => [preset])]
  .map(completed)
  .map(titled);

/** Every two presets of one owner in both orders: the later replaces the earlier. */
const rivals: readonly PresetCase[] = presets.flatMap((one) =>
  presets.filter((other) => other !== one && other.owner === one.owner).map((other) => titled([one, other])),
);

function titled(list: PresetList): PresetCase {
  return [list.map(({ name }) => name).join(' + ') || 'no preset', list];
}

/** The configuration that presets in an order stand for: the last of each owner. */
export const configOf = (list: PresetList): TelemetryConfig =>
  Object.assign({}, ...list.map(({ config }) => config));

/** Any presets in any order, at most one of each owner, with what they need, and without a contradiction. */
export const anySet: fc.Arbitrary<PresetList> = fc
  .shuffledSubarray([...presets])
  .map((list) =>
    list.filter(({ owner }, index) => list.findIndex((other) => other.owner === owner) === index),
  )
  .map(completed)
  .filter((list) => conflicts(configOf(list)).length === 0);

/** Random pairs of presets of one owner; all of them grow with the square of the presets. */
export function randomRivals(count: number): PresetCase[] {
  const [some = []] = fc.sample(fc.shuffledSubarray([...rivals], { minLength: count, maxLength: count }), {
    seed,
    numRuns: 1,
  });
  return some.map(seeded);
}

/** Random sets of at least two presets with their titles, other ones in each run; the title has the seed. */
export function randomSets(count: number): PresetCase[] {
  const several = anySet.filter((list) => list.length > 1);
  return fc.sample(several, { seed, numRuns: count }).map(titled).map(seeded);
}

function seeded([title, list]: PresetCase): PresetCase {
  return [`${title} (seed ${seed})`, list];
}
