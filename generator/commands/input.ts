import { readFileSync } from 'node:fs';
import { UserError } from '../errors.ts';

/**
 * Reads a file that the user named; `-` is standard input.
 *
 * @throws {@link UserError} where there is none, or it cannot be read
 */
export function readInput(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOENT')
      throw new UserError([
        { code: 'missing-file', file, message: 'there is no such file; give an existing one' },
      ]);
    const reason = code === 'EISDIR' ? 'is a folder; give a file of it' : message;
    throw new UserError([{ code: 'unreadable-file', file, message: reason }]);
  }
}
