import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { UserError } from '../errors.ts';

/**
 * Reads a file that the user named; `-` is standard input.
 *
 * @throws {@link UserError} where there is none, or it cannot be read
 */
export function readInput(file: string): string {
  try {
    return decoded(readFileSync(file === '-' ? 0 : file), file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof UserError || code === undefined) throw error;
    if (code === 'ENOENT')
      throw new UserError([
        { code: 'missing-file', file, message: 'there is no such file; give an existing one' },
      ]);
    const reason = code === 'EISDIR' ? 'is a folder; give a file of it' : message;
    throw new UserError([{ code: 'unreadable-file', file, message: reason }]);
  }
}

/** Bytes that are no UTF-8 would be lost in what is written back. */
function decoded(bytes: Buffer, file: string): string {
  if (isUtf8(bytes)) return bytes.toString();
  const before = bytes.toString().split('\uFFFD')[0]?.split('\n') ?? [];
  const position = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const message = "is not UTF-8; save it as that (PowerShell's > writes UTF-16)";
  throw new UserError([{ code: 'unreadable-file', file, position, message }]);
}
