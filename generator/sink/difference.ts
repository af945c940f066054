import { type Problem, UserError } from '../errors.ts';
import type { ChartFile } from '../render/chart-file.ts';
import type { ExistingFile } from './folder.ts';

/** What separates the folder from the chart: the work of the one sink, the finding of the other. */
export interface Difference {
  /** Files that are not there. */
  readonly missing: readonly ChartFile[];
  /** Files that are there with other bytes. */
  readonly changed: readonly ChartFile[];
  /** Paths of our files that the chart no longer has. */
  readonly stray: readonly string[];
}

/**
 * Compares a folder with the chart that belongs there.
 *
 * @param folder - its name, for problems
 * @throws {@link UserError} when the folder holds files of somebody else, one problem for each
 */
export function compare(
  folder: string,
  existing: ReadonlyMap<string, ExistingFile>,
  files: readonly ChartFile[],
): Difference {
  const foreign = [...existing].filter(([, file]) => !file.ours).map(([path]) => path);
  if (foreign.length > 0) throw new UserError(foreign.map((path) => foreignFile(folder, path)));

  const paths = new Set(files.map((file) => file.path));
  return {
    missing: files.filter((file) => !existing.has(file.path)),
    changed: files.filter(
      (file) => existing.has(file.path) && existing.get(file.path)?.content !== file.content,
    ),
    stray: [...existing.keys()].filter((path) => !paths.has(path)),
  };
}

function foreignFile(folder: string, path: string): Problem {
  const message = 'was not made by this generator; choose an empty folder with --out, or move the file away';
  return { code: 'foreign-file', file: `${folder}/${path}`, message };
}
