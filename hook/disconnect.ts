/**
 * Disconnects Spacelift; run by the Jobs before an uninstall, and before an upgrade or rollback.
 *
 * Environment: RUN is `delete`, for all targets of the settings, or `move`, for those that NEXT_TARGETS, a
 * JSON object of the next revision's namespace and secrets, no longer has; SETTINGS the path of the settings,
 * for a move those of the revision that is there, which may be missing.
 */
import { disconnect } from './disconnect-run.ts';
import { inCluster } from './in-cluster.ts';
import { oneOf, parseNextTargets } from './parse-settings.ts';
import { targetsLeft } from './plan-disconnect.ts';
import { readSettings, readSettingsIfAny, runProgram, stopOnSignal } from './program.ts';
import type { Settings } from './settings.ts';

const say = (line: string) => console.log(line);
const { env } = process;
const world = ({ connect }: Settings) => inCluster(env, say, connect.timeoutSeconds);
/** What an error of this program's own ends with; an uninstall goes on unless the settings say otherwise. */
let mistakeCode: 0 | 1 = 0;

async function remove() {
  const settings = await readSettings(env);
  mistakeCode = settings.connect.onDisconnectFailure === 'fail' ? 1 : 0;
  return disconnect(world(settings), settings, settings.spacelift.secrets, true);
}

async function move() {
  const settings = await readSettingsIfAny(env);
  if (settings === undefined) {
    return {
      code: 0,
      sentence: 'Nothing to disconnect: there are no settings of an earlier revision.',
    } as const;
  }
  mistakeCode = settings.connect.onDisconnectFailure === 'fail' ? 1 : 0;
  const targets = targetsLeft(settings, parseNextTargets(env['NEXT_TARGETS'] ?? ''));
  if (targets.length > 0) return disconnect(world(settings), settings, targets, false);
  return { code: 0, sentence: 'Nothing to disconnect: the next revision has the same targets.' } as const;
}

stopOnSignal(
  process,
  say,
  'Stopped by a signal before the end; the next helm uninstall or upgrade goes on from here.',
);
process.exitCode = await runProgram(
  say,
  async () => (oneOf('RUN', env['RUN'], ['delete', 'move']) === 'delete' ? remove() : move()),
  (message) => ({
    code: mistakeCode,
    sentence: `Not disconnected: a mistake of this program's own (${message}); please report it with the lines above.`,
  }),
);
