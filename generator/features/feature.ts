import type { Values } from '../../schema/types/values.ts';
import type { Model } from '../model.ts';

/** One concern of the stack: everything that is known of it stands in one file. */
export interface Feature<Section> {
  /** From its section of the configuration to the values it adds. Pure. */
  readonly overlay: (section: Section, model: Model) => Values;
  /** The section that the base values stand for; a feature without one adds nothing to them. */
  readonly base?: Section;
  /** Its named configurations. All write the same lists and scalars, so that the later of two replaces the earlier. */
  readonly presets: readonly FeaturePreset<Section>[];
}

/** A section with a name. */
export interface FeaturePreset<Section> {
  /** Name of its file, without the ending. */
  readonly name: string;
  /** What it is for, as one sentence: the head of the file and the line of the README. */
  readonly purpose: string;
  readonly section: Section;
  /** Presets of other features without which it is refused; one of each of their owners will do. */
  readonly needs?: readonly string[];
}
