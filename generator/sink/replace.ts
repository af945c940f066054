import { randomUUID } from 'node:crypto';
import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { UserError } from '../errors.ts';

/**
 * Puts a new text in the place of a file, wholly or not at all: beside it first, under the mode of the old one, then
 * under its name. A link stays a link.
 *
 * @throws {@link UserError} where the file or its folder cannot be written; the file is as it was then
 */
export function replaceFile(file: string, content: string): void {
  let temporary: string | undefined;
  try {
    const target = realpathSync(file);
    temporary = `${target}.${randomUUID()}.tmp`;
    writeFileSync(temporary, content, { mode: statSync(target).mode, flag: 'wx' });
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined && existsSync(temporary)) rmSync(temporary);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError([{ code: 'unwritable-file', file, message: `was not changed: ${message}` }]);
  }
}
