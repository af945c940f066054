import type { SecretState } from './state.ts';

/** What the chart's templates tell the programs: a file in a ConfigMap of the release. */
export interface Settings {
  readonly release: {
    readonly name: string;
    readonly namespace: string;
    /** The revision that these settings were rendered for; after a rollback that is the one gone back to. */
    readonly revision: number | undefined;
  };
  /** What Spacelift is to send to, `http://` in front. */
  readonly endpoint: string;
  /** The collector's Service; an older chart's settings leave it to the endpoint's name. */
  readonly service: string | undefined;
  readonly spacelift: {
    readonly namespace: string;
    readonly secrets: readonly string[];
    readonly deployments: readonly string[];
  };
  readonly connect: {
    /** Time for everything, below the five minutes that Helm waits. */
    readonly timeoutSeconds: number;
    readonly takeOver: boolean;
    readonly existingVendor: 'refuse' | 'replace';
    /** What to do with a Secret that a controller or a pipeline writes again and again. */
    readonly managedSecret: 'refuse' | 'patch';
    readonly onDisconnectFailure: 'warn' | 'fail';
    /** Whether a run fails for a rollout that does not end well in its time. */
    readonly onRolloutFailure: 'warn' | 'fail';
    readonly restart: 'onChange' | 'never';
    /** Time between the write of a Secret and the first restart. */
    readonly restartDelaySeconds: number;
  };
  /** Hash of what the collector's pods are made of, where Spacelift is to be restarted when that changes. */
  readonly collector: string | undefined;
  /** Name of the Role in Spacelift's namespace, for messages; without one it is described. */
  readonly role: string | undefined;
}

/** The Secrets of the revision that comes next; of a revision that connects nothing, none. */
export interface NextTargets {
  readonly namespace: string;
  readonly secrets: readonly string[];
}

/** Why connect runs: by a hook of Helm's, or on a schedule. */
export type ConnectRun = 'install' | 'upgrade' | 'rollback' | 'reconcile';

/** Why disconnect runs: before an uninstall, or before a revision that may have other targets. */
export type DisconnectRun = 'delete' | 'move';

/** Whether a Secret is its controller's alone: what we wrote into it would not stay, with most not even annotations. */
export function isKept({ keeper }: Pick<SecretState, 'keeper'>, { connect }: Settings): boolean {
  return keeper !== undefined && connect.managedSecret === 'refuse';
}

/** A release and its revision, as sentences name them. */
export function releaseNamed({ name, namespace, revision }: Settings['release']): string {
  const which = revision === undefined ? '' : `, revision ${revision}`;
  return `the release ${name} in namespace ${namespace}${which}`;
}

/** A release as annotations name it. */
export function ownerOf({ release }: Settings): string {
  return `${release.namespace}/${release.name}`;
}
