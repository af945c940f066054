/** One file of the generated chart. */
export interface ChartFile {
  /** Path below the chart's folder, with forward slashes. */
  readonly path: string;
  readonly content: string;
}

/** Two parts of the generator that claim one path: a mistake in `render/`. */
export class PathConflictError extends Error {
  override readonly name = 'PathConflictError';
}
