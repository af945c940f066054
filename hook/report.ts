import { restartCommand } from './commands.ts';
import { KEYS, type Key } from './names.ts';
import type { ConnectPlan } from './plan-connect.ts';
import type { DisconnectPlan } from './plan-disconnect.ts';
import { listed } from './problem.ts';
import type { RestartReport } from './restart.ts';
import type { Rollout } from './rollout.ts';
import { isEmpty, type SecretChange } from './secret-change.ts';
import { printValue } from './secret-values.ts';
import type { Settings } from './settings.ts';
import type { SecretState } from './state.ts';
import { secretNamed } from './targets.ts';

const STEPS = {
  restart: 'restart: its pods have not read the Secret since it was written',
  note: 'only note that its pods are newer than what was written to the Secret',
  nothing: 'nothing: its pods have read the Secret since it was written',
  byHand: 'nothing: its restart is left to you (spacelift.connect.restart: never)',
};

/** A plan to connect, a line for each object. */
export function printConnectPlan(plan: ConnectPlan, settings: Settings): string[] {
  if (plan.kind !== 'go') return [];
  return [
    ...plan.secrets.map(
      ({ state, change }) =>
        `Plan for ${secretNamed(state.name, settings)}: ${printWrite(state, change, settings)}.`,
    ),
    ...plan.deployments.map(({ state, step }) => `Plan for the Deployment ${state.name}: ${STEPS[step]}.`),
    ...plan.missing.map(
      (name) => `Plan for the Deployment ${name}: nothing: it is not there, and need not be.`,
    ),
    ...plan.notes,
  ];
}

/** A plan to disconnect a Secret. */
export function printDisconnectPlan(name: string, plan: DisconnectPlan, settings: Settings): string {
  return `Plan for ${secretNamed(name, settings)}: ${disconnecting(plan, settings)}.`;
}

/** What a write to a Secret changes, as far as it may be told. */
export function printWrite(state: SecretState, change: SecretChange, settings: Settings): string {
  if (isEmpty(change)) return 'write nothing: it is connected';
  const keys = KEYS.filter((key) => change.data[key] !== undefined);
  if (keys.length === 0) return 'write annotations only: its values are right';
  return keys.map((key) => assignment(state, change, key, settings)).join(' and ');
}

function assignment(state: SecretState, change: SecretChange, key: Key, settings: Settings): string {
  const before = printValue(key, state.data[key], settings);
  const value = change.data[key];
  return value === null
    ? `remove ${key} (was ${before})`
    : `set ${key} to ${printValue(key, value, settings)} (was ${before})`;
}

function disconnecting(plan: DisconnectPlan, settings: Settings): string {
  switch (plan.kind) {
    case 'missing':
      return 'nothing: it is not there';
    case 'foreign':
      return `nothing: it is connected by ${plan.owner}`;
    case 'unowned':
      return plan.tombstone === undefined
        ? 'nothing: no release has connected it'
        : 'note that it stays disconnected: no release has connected it';
    case 'finished':
      return 'take our notes off the Deployments: it is disconnected already';
    case 'ours':
      return [
        ...(isEmpty({ data: plan.change.data, annotations: {} })
          ? ['change no value']
          : [printWrite(plan.state, plan.change, settings)]),
        ...plan.kept.map((key) => keep(plan.state, key, settings)),
      ].join(', ');
  }
}

/** Why a value stays as it is. */
export function keep(state: SecretState, key: Key, settings: Settings): string {
  const applier = state.appliedBy[key];
  const why = applier === undefined ? 'somebody has changed since' : `${applier.name} applies`;
  return `keep ${key} (${printValue(key, state.data[key], settings)}), which ${why}`;
}

/** What became of the restarts, as parts of a sentence; nothing where none was needed. */
export function printRestarts(report: RestartReport, { spacelift, connect }: Settings): string[] {
  const { namespace } = spacelift;
  const unfinished = [...report.unfinished];
  const about = (state: Rollout, sentence: (name: string, progress: string) => string) =>
    unfinished.flatMap(([name, { rollout, progress }]) =>
      rollout === state ? [sentence(name, progress)] : [],
    );
  const ready = report.restarted.filter((name) => !report.unfinished.has(name));
  return [
    ...(ready.length > 0 ? [`restarted ${listed(ready)}`] : []),
    ...about(
      'running',
      (name, progress) =>
        `${name} is restarting, not ready within ${connect.timeoutSeconds} seconds (kubectl rollout status deployment/${name} --namespace ${namespace}): ${progress}`,
    ),
    ...about(
      'paused',
      (name) =>
        `${name} is paused and restarts when it is resumed (kubectl rollout resume deployment/${name} --namespace ${namespace})`,
    ),
    ...about(
      'failing',
      (name, progress) =>
        `${name} does not become ready (kubectl describe deployment/${name} --namespace ${namespace}): ${progress}`,
    ),
    ...(report.byHand.length > 0
      ? [
          `restart what reads ${spacelift.secrets.length > 1 ? 'them' : 'it'} yourself, since spacelift.connect.restart is never: ${restartCommand(namespace, report.byHand)}`,
        ]
      : []),
    ...(report.left.length > 0
      ? [`because of that not restarted: ${listed(report.left)} (${restartCommand(namespace, report.left)})`]
      : []),
  ];
}
