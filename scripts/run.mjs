import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Something the person at the keyboard can put right: its message is shown without a stack. */
export class UserError extends Error {}

/**
 * Runs `main` when the module at `url` is the program that was started, and not one that is imported.
 * @param {string} url the module's `import.meta.url`
 * @param {(args: string[]) => Promise<void>} main
 */
export async function run(url, main) {
  const [, program, ...args] = process.argv;
  if (program === undefined || !existsSync(program)) return;
  if (realpathSync(program) !== fileURLToPath(url)) return;
  try {
    await main(args);
  } catch (error) {
    console.error(isOfUser(error) ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isOfUser(error) {
  if (error instanceof UserError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
