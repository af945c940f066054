/** One letter of a gap; of Unicode's private use, so that no file has it. */
const LETTER = '\uE000';

/** Parts of a template that decide which text is there at all. */
const CONTROL = /\{\{-?\s*(?:if|else|end|range|with|define|template|block)\b/;

/** Whether a text is templated so that nobody knows its form before a generator has filled it in. */
export function isControlled(text: string): boolean {
  return CONTROL.test(text);
}

/** A text with a word of the same length in the place of each `{{ }}`: what a generator writes there is not known. */
export function fillGaps(text: string): string {
  return text.replaceAll(/\{\{.*?\}\}/g, (gap) => LETTER.repeat(gap.length));
}

/** Whether a value has a gap, filled or not. */
export function hasGap(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('{{') || value.includes(LETTER));
}
