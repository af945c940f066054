import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChartFile } from '../render/chart-file.ts';
import { compare, type Difference } from './difference.ts';
import { readFolder } from './folder.ts';

/**
 * Brings a folder to the chart: equal files are not touched, files of ours that the chart no longer has go.
 *
 * Every file is written beside its place first and all are renamed at the end, so that a full disk leaves the
 * folder as it was.
 *
 * @returns what was done
 * @throws UserError when the folder holds files of somebody else; nothing is written then
 */
export function writeChart(folder: string, files: readonly ChartFile[]): Difference {
  const difference = compare(folder, readFolder(folder), files);
  const targets = [...difference.missing, ...difference.changed].map(({ path, content }) => {
    const target = join(folder, path);
    return { target, temporary: `${target}.tmp`, content };
  });
  try {
    for (const { target, temporary, content } of targets) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(temporary, content);
    }
    for (const { target, temporary } of targets) renameSync(temporary, target);
  } catch (error) {
    for (const { temporary } of targets) rmSync(temporary, { force: true });
    throw error;
  }
  for (const path of difference.stray) rmSync(join(folder, path));
  return difference;
}
