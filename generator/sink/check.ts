import { type Problem, UserError } from '../errors.ts';
import type { ChartFile } from '../render/chart-file.ts';
import { compare } from './difference.ts';
import { readFolder } from './folder.ts';

/**
 * Makes sure that a folder is the chart, byte by byte; changes nothing.
 *
 * @param command - what mends a difference, for the message
 * @throws {@link UserError} with one problem for each file that is missing, changed or left over
 */
export function checkChart(folder: string, files: readonly ChartFile[], command: string): void {
  const { missing, changed, stray } = compare(folder, readFolder(folder), files);
  const drift = (path: string, what: string): Problem => ({
    code: 'drift',
    file: `${folder}/${path}`,
    message: `${what}; run: ${command}`,
  });
  const problems = [
    ...missing.map(({ path }) => drift(path, 'is missing')),
    ...changed.map(({ path }) => drift(path, 'differs from what the generator makes')),
    ...stray.map((path) => drift(path, 'is no longer part of the chart')),
  ];
  if (problems.length > 0) throw new UserError(problems);
}
