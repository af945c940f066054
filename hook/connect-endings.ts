import { type Told, tell } from './events.ts';
import { explain } from './explain.ts';
import { listed, type Problem, Refusal } from './problem.ts';
import { printRestarts } from './report.ts';
import type { RestartReport } from './restart.ts';
import type { ConnectRun, Settings } from './settings.ts';
import { secretNamed } from './targets.ts';
import { tellUnfinished } from './unfinished.ts';
import type { Ending, World } from './world.ts';

/** What a run of connect knows besides what it reads. */
export interface Connecting {
  readonly world: World;
  readonly settings: Settings;
  readonly run: ConnectRun;
  /** Tombstones that were there when it began, and that it may clear. */
  readonly cleared: ReadonlySet<string>;
  /** Secrets that it has written so far, over all attempts. */
  readonly written: Set<string>;
}

/** Says what was changed, as an Event on the object. */
export async function tellChange({ world, settings }: Connecting, told: Omit<Told, 'type'>): Promise<void> {
  await tell(world, settings, { ...told, type: 'Normal' });
}

/** The end of a run that found or made everything as it should be, rollouts that take longer included. */
export async function connected(
  { world, settings, written }: Connecting,
  report: RestartReport,
): Promise<Ending> {
  const { release, spacelift, endpoint } = settings;
  const secrets = listed(spacelift.secrets.map((name) => secretNamed(name, settings)));
  const points = `${secrets} point${spacelift.secrets.length > 1 ? '' : 's'} Spacelift at ${endpoint}`;
  await tellUnfinished(world, settings, report);
  const restarts = printRestarts(report, settings);
  if (restarts.length === 0 && written.size === 0) {
    const since =
      settings.connect.restart === 'never'
        ? 'restarts are left to you (spacelift.connect.restart: never)'
        : 'its Deployments have been restarted since';
    return { code: 0, sentence: `Nothing to do: ${points}, and ${since}.` };
  }
  if (settings.connect.onRolloutFailure === 'fail' && report.unfinished.size + report.left.length > 0) {
    const again = 'run helm upgrade when that is put right';
    return {
      code: 1,
      sentence: `Connected, but not to the end: ${[points, ...restarts, again].join('; ')}.`,
    };
  }
  const undo = `undo with: helm uninstall ${release.name} --namespace ${release.namespace}`;
  return { code: 0, sentence: `Connected: ${[points, ...restarts, undo].join('; ')}.` };
}

/** The end of a run that an uninstall has overtaken. */
export function stopped({ settings }: Connecting, secret: string): Ending {
  const sentence = `Stopped: ${secretNamed(secret, settings)} was disconnected by an uninstall, which only helm install, upgrade or rollback may undo.`;
  return { code: 0, sentence };
}

/**
 * The end of a run that could not go on: each problem as a line and an Event on its object.
 *
 * @throws the error itself when it is a mistake of ours
 */
export async function failed(
  world: World,
  settings: Settings,
  error: unknown,
  begun: boolean,
): Promise<Ending> {
  const what = begun ? 'Connected, but not to the end' : 'Not connected';
  const problems = problemsOf(error, settings, what);
  for (const { object, uid, sentence: message } of problems) {
    await tell(world, settings, { object, uid, type: 'Warning', reason: 'SpaceliftNotConnected', message });
  }
  const sentences = problems.map(({ sentence }) => sentence);
  for (const sentence of sentences.slice(0, -1)) world.say(sentence);
  return { code: 1, sentence: sentences.at(-1) ?? what };
}

function problemsOf(error: unknown, settings: Settings, what: string): readonly Problem[] {
  if (error instanceof Refusal) return error.problems;
  const problem = explain(error, settings);
  if (problem === undefined) throw error;
  return [{ ...problem, sentence: `${what}: ${problem.sentence}; run helm upgrade when that is put right.` }];
}
