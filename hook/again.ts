import { ApiError } from './api-error.ts';
import type { Clock } from './world.ts';

/** What was read is no longer so; reading again tells what to do now. */
export class Changed extends Error {
  override readonly name = 'Changed';
}

/** More often than controllers write an object in a row, and not so often that a war of two is hidden. */
const CONFLICTS = 10;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Does something until it works: after no answer, throttling or a failing server with growing pauses up to
 * the deadline, after a conflict a few times. It must begin by reading: a write whose answer was lost may
 * have been carried out, and only what is there now tells.
 *
 * @throws the last error when neither helps
 */
export async function again<Result>(clock: Clock, attempt: () => Promise<Result>): Promise<Result> {
  let conflicts = 0;
  let failures = 0;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const conflict = isConflict(error);
      if (!conflict && !(error instanceof ApiError && error.transient)) throw error;
      const pause = conflict ? conflictPause(++conflicts) : failurePause(error, failures++);
      if (conflicts > CONFLICTS || clock.now() + pause > clock.deadline) throw error;
      await clock.wait(pause);
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Changed || (error instanceof ApiError && error.conflict);
}

function conflictPause(conflicts: number): number {
  return Math.min(50 * 2 ** (conflicts - 1), 2_000);
}

function failurePause(error: unknown, failures: number): number {
  const asked = error instanceof ApiError ? error.retryAfterMs : 0;
  return Math.max(Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS), asked);
}
