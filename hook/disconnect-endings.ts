import { undoCommands } from './commands.ts';
import { tell } from './events.ts';
import { explain } from './explain.ts';
import { DISABLED, ENDPOINT, VENDOR, VENDORS } from './names.ts';
import type { DisconnectPlan } from './plan-disconnect.ts';
import { capital, type Problem } from './problem.ts';
import { keep, printRestarts } from './report.ts';
import type { RestartReport } from './restart.ts';
import { encode, remembered } from './secret-values.ts';
import type { Settings } from './settings.ts';
import { secretNamed, secretRef } from './targets.ts';
import type { Ending, World } from './world.ts';

/** What a run of disconnect knows besides what it reads. */
export interface Disconnecting {
  readonly world: World;
  readonly settings: Settings;
  readonly uninstall: boolean;
  /** The random word of this run. */
  readonly word: string;
  /** What was to be done with each Secret. */
  readonly plans: Map<string, DisconnectPlan>;
  /** Secrets that may still be connected. */
  readonly open: Set<string>;
  /** Those that have their earlier values back, and still our notes. */
  readonly restored: Set<string>;
  readonly troubles: Problem[];
}

/**
 * Keeps what stands in the way, for the end.
 *
 * @throws the error itself when it is a mistake of ours
 */
export function trouble({ settings, troubles }: Disconnecting, error: unknown): void {
  const problem = explain(error, settings);
  if (problem === undefined) throw error;
  troubles.push(problem);
}

/** The end of a run that nothing stood in the way of. */
export async function disconnected(job: Disconnecting, report: RestartReport): Promise<Ending> {
  const { settings, plans } = job;
  const missing = [...plans].filter(([, { kind }]) => kind === 'missing');
  for (const [name] of missing) {
    const sentence = `there is no Secret ${name} in namespace ${settings.spacelift.namespace} any more`;
    job.troubles.push({ object: secretRef(settings, name), sentence });
  }
  if (missing.length > 0) return troubled(job);
  const what = [...plans.values()].some(({ kind }) => kind === 'ours')
    ? 'Disconnected'
    : 'Nothing to disconnect';
  const parts = [...plans].flatMap(([name, plan]) => becameOf(name, plan, settings));
  return { code: 0, sentence: `${what}: ${[...parts, ...printRestarts(report, settings)].join('; ')}.` };
}

/**
 * The end of a run that could not do all: it says what to do by hand. An uninstall is not failed for it
 * unless the values say so, since that would leave a release that neither goes nor comes back.
 */
export async function troubled(job: Disconnecting): Promise<Ending> {
  const { world, settings, troubles, open, restored, plans } = job;
  const what = open.size === 0 && restored.size > 0 ? 'disconnected, but not to the end' : 'not disconnected';
  for (const { object, uid, sentence } of troubles) {
    const message = capital(`${what}: ${sentence}.`);
    await tell(world, settings, {
      object,
      uid,
      type: 'Warning',
      reason: 'SpaceliftNotDisconnected',
      message,
    });
  }
  const commands = undoCommands(settings, [
    ...[...open].map((name) => ({ name, vendor: vendorBefore(plans.get(name)) })),
    ...[...restored].map((name) => ({ name })),
  ]);
  const mend = `if Spacelift is still there, run: ${commands.join(' && ')}`;
  const reasons = troubles.map(({ sentence }) => sentence);
  const code = settings.connect.onDisconnectFailure === 'fail' ? 1 : 0;
  return { code, sentence: capital(`${what}: ${[...reasons, mend].join('; ')}`) };
}

/** What a person may be told to go back to: another endpoint than ours is not printed, so its vendor is of no use. */
function vendorBefore(plan: DisconnectPlan | undefined): string {
  if (plan?.kind !== 'ours') return DISABLED;
  const before = remembered(plan.state);
  const vendor = VENDORS.find((name) => encode(name) === before[VENDOR]) ?? DISABLED;
  return before[ENDPOINT] === null ? vendor : DISABLED;
}

/** What became of a Secret, as parts of a sentence. */
export function becameOf(name: string, plan: DisconnectPlan, settings: Settings): string[] {
  const it = secretNamed(name, settings);
  switch (plan.kind) {
    case 'missing':
      return [];
    case 'foreign':
      return [`${it} is connected by ${plan.owner} and was left alone`];
    case 'unowned':
      return plan.tombstone === undefined
        ? [`${it} is connected by no release and was left alone`]
        : [`${it} is connected by no release and was only annotated`];
    case 'finished':
      return [`${it} was disconnected before`];
    case 'ours': {
      return [`${it} ${valuesOf(plan)}`, ...plan.kept.map((key) => keep(plan.state, key, settings))];
    }
  }
}

function valuesOf({ change, restored }: Extract<DisconnectPlan, { kind: 'ours' }>): string {
  if (Object.keys(change.data).length > 0) return 'has its earlier values back';
  return restored
    ? 'is no longer ours; a run that was stopped has put its earlier values back'
    : 'is no longer ours; no value of it was changed';
}
