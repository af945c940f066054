import { readFile } from 'node:fs/promises';
import type { Environment } from './in-cluster.ts';
import { parseSettings } from './parse-settings.ts';
import type { Settings } from './settings.ts';
import type { Ending } from './world.ts';

const SETTINGS = '/etc/spacelift-telemetry/settings.json';

/**
 * Runs a program to its last line.
 *
 * @param onMistake - how it ends after an error that is a mistake of ours; its stack is printed before
 * @returns the exit code
 */
export async function runProgram(
  say: (line: string) => void,
  main: () => Promise<Ending>,
  onMistake: (message: string) => Ending,
): Promise<Ending['code']> {
  const { code, sentence } = await main().catch((error: unknown) => {
    const { stack, message } = error instanceof Error ? error : new Error(String(error));
    say(stack ?? message);
    return onMistake(message.replaceAll(/\s+/g, ' '));
  });
  say(sentence);
  return code;
}

/** @throws Error when there is no such file, or it is not what the templates write */
export async function readSettings(env: Environment): Promise<Settings> {
  return parseSettings(await readFile(env['SETTINGS'] ?? SETTINGS, 'utf8'));
}

/** @returns nothing when there is no such file: its ConfigMap is mounted as an optional one */
export async function readSettingsIfAny(env: Environment): Promise<Settings | undefined> {
  return readSettings(env).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
}

/** A stop at any moment is safe, but process 1 of a pod does not get a signal that nobody listens for. */
export function stopOnSignal(
  process: Pick<NodeJS.Process, 'once' | 'exit'>,
  say: (line: string) => void,
  sentence: string,
): void {
  process.once('SIGTERM', () => {
    say(sentence);
    process.exit(143);
  });
}
