/** A letter of what nobody knows yet; of Unicode's private use, so that no file has it. */
export const GAP = '\uE000';

/** Parts of a template that decide which text is there at all. */
const CONTROL = /\{\{-?\s*(?:if|else|end|range|with|define|template|block)\b/;

/** Whether a text is templated so that nobody knows its form before a generator has filled it in. */
export function isControlled(text: string): boolean {
  return CONTROL.test(text);
}

/** A text with a word of the same length in the place of each `{{ }}`: what a generator writes there is not known. */
export function fillGaps(text: string): string {
  return text.replaceAll(/\{\{.*?\}\}/g, (gap) => GAP.repeat(gap.length));
}

/**
 * Whether a value has a gap.
 *
 * @param templated - whether `{{` begins one, too
 */
export function hasGap(value: unknown, templated: boolean): boolean {
  return typeof value === 'string' && (value.includes(GAP) || (templated && value.includes('{{')));
}
