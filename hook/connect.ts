/**
 * Connects Spacelift to the collector; run by the Jobs after install, upgrade and rollback, and by the
 * CronJob.
 *
 * Environment: RUN is `install`, `upgrade`, `rollback` or `reconcile`, or `check`, which only reads, for
 * `helm test`; JOB the name of the Job that it runs in; SETTINGS the path of the settings; ROLE the name of the Role of a check.
 */
import { check } from './check-run.ts';
import { connect } from './connect-run.ts';
import { inCluster } from './in-cluster.ts';
import { oneOf } from './parse-settings.ts';
import { readSettings, runProgram, stopOnSignal } from './program.ts';

const say = (line: string) => console.log(line);
const { env } = process;

stopOnSignal(process, say, 'Stopped by a signal before the end; the next helm upgrade goes on from here.');
process.exitCode = await runProgram(
  say,
  async () => {
    const run = oneOf('RUN', env['RUN'], ['install', 'upgrade', 'rollback', 'reconcile', 'check']);
    const settings = await readSettings(env);
    const world = inCluster(env, say, settings.connect.timeoutSeconds);
    if (run === 'check') return check(world, { ...settings, role: env['ROLE'] ?? settings.role });
    const { namespace } = settings.release;
    const name = env['JOB'];
    return connect(world, settings, run, name ? { kind: 'Job', namespace, name } : undefined);
  },
  (message) => ({
    code: env['RUN'] === 'rollback' ? 0 : 1,
    sentence: `Not connected: a mistake of this program's own (${message}); please report it with the lines above.`,
  }),
);
