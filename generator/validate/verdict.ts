import type { Problem } from '../errors.ts';

/** A file as the user named it, and its text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** What is wrong with the given files. */
export interface Verdict {
  /** In the order of the files, each problem once; those with a `severity` are no errors. */
  readonly problems: readonly Problem[];
  /** Files that were taken for configurations; nothing in a file need say that it is one. */
  readonly configurations: readonly string[];
}
