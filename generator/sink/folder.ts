import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MARK } from '../text/banner.ts';

/** Folders of a chart that are not the generator's: dependencies that `npm run charts` puts there. */
const NOT_OURS = new Set(['charts']);

/** A file that stands in the output folder. */
export interface ExistingFile {
  readonly content: string;
  /** Whether it carries our mark, so that it may be overwritten or deleted. */
  readonly ours: boolean;
}

/**
 * Reads the output folder.
 *
 * @returns its files by their path below it, with forward slashes; empty when there is no such folder
 * @throws the system's error when the folder cannot be read
 */
export function readFolder(folder: string): Map<string, ExistingFile> {
  const files = new Map<string, ExistingFile>();
  for (const path of listFiles(folder, folder)) {
    const content = readFileSync(join(folder, path), 'utf8');
    files.set(path, { content, ours: content.includes(MARK) });
  }
  return files;
}

function listFiles(root: string, folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return folder === root && NOT_OURS.has(entry.name) ? [] : listFiles(root, path);
    return [relative(root, path).split(sep).join('/')];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
