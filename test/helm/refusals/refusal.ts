/** Values that the chart refuses, and what it says then. */
export interface Refusal {
  readonly name: string;
  readonly release?: string;
  readonly presets?: readonly string[];
  readonly values?: string;
  /** What is wrong and the YAML to paste: the whole text. */
  readonly refusal: string;
  /** The same after what the text says was done: it renders. */
  readonly mended: { readonly release?: string; readonly values?: string };
}
