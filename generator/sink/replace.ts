import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

/**
 * Puts a new text in the place of a file, wholly or not at all: beside it first, under the mode of the old one, then
 * under its name. A link stays a link.
 */
export function replaceFile(file: string, content: string): void {
  const target = realpathSync(file);
  const temporary = `${target}.tmp`;
  try {
    writeFileSync(temporary, content, { mode: statSync(target).mode, flag: 'wx' });
    renameSync(temporary, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(temporary, { force: true });
    throw error;
  }
}
