import type { SecretState } from './state.ts';

/** What the chart's templates tell the programs: a file in a ConfigMap of the release. */
export interface Settings {
  readonly release: { readonly name: string; readonly namespace: string };
  /** What Spacelift is to send to, `http://` in front. */
  readonly endpoint: string;
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
  };
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

/** Whether a Secret is its controller's alone: not even an annotation of ours would stay on it. */
export function isKept({ keeper }: Pick<SecretState, 'keeper'>, { connect }: Settings): boolean {
  return keeper !== undefined && connect.managedSecret === 'refuse';
}

/** A release as annotations name it. */
export function ownerOf({ release }: Settings): string {
  return `${release.namespace}/${release.name}`;
}

/**
 * Reads the settings.
 *
 * @throws Error when they are not what the templates write: a mistake of ours, or of an older chart's
 */
export function parseSettings(json: string): Settings {
  const root = object(JSON.parse(json), 'settings');
  const release = object(root['release'], 'release');
  const spacelift = object(root['spacelift'], 'spacelift');
  const connect = object(root['connect'], 'connect');
  return {
    release: {
      name: text(release['name'], 'release.name'),
      namespace: text(release['namespace'], 'release.namespace'),
    },
    endpoint: endpoint(root['endpoint']),
    spacelift: {
      namespace: text(spacelift['namespace'], 'spacelift.namespace'),
      secrets: texts(spacelift['secrets'], 'spacelift.secrets'),
      deployments: texts(spacelift['deployments'], 'spacelift.deployments'),
    },
    connect: {
      timeoutSeconds: positive(connect['timeoutSeconds'], 'connect.timeoutSeconds'),
      takeOver: connect['takeOver'] === true,
      existingVendor: connect['existingVendor'] === 'replace' ? 'replace' : 'refuse',
      managedSecret: connect['managedSecret'] === 'patch' ? 'patch' : 'refuse',
      onDisconnectFailure: connect['onDisconnectFailure'] === 'fail' ? 'fail' : 'warn',
    },
    role: root['role'] === undefined ? undefined : text(root['role'], 'role'),
  };
}

/** @throws Error as {@link parseSettings} does */
export function parseNextTargets(json: string): NextTargets {
  const root = object(JSON.parse(json), 'NEXT_TARGETS');
  const { namespace, secrets } = root;
  if (typeof namespace !== 'string') throw wrong('NEXT_TARGETS.namespace', 'a text', namespace);
  return { namespace, secrets: texts(secrets, 'NEXT_TARGETS.secrets') };
}

/**
 * One of the words that a variable of the environment may hold.
 *
 * @throws Error that names them when it holds another
 */
export function oneOf<Word extends string>(
  name: string,
  value: string | undefined,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw wrong(name, `one of ${words.join(', ')}`, value);
  return found;
}

function wrong(path: string, expected: string, value: unknown): Error {
  return new Error(`${path} must be ${expected}, not ${JSON.stringify(value) ?? 'missing'}`);
}

function object(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw wrong(path, 'a map', value);
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(path, 'a text', value);
}

function texts(value: unknown, path: string): string[] {
  if (!Array.isArray(value)) throw wrong(path, 'a list', value);
  return [...new Set(value.map((item, index) => text(item, `${path}[${index}]`)))];
}

function positive(value: unknown, path: string): number {
  if (typeof value === 'number' && value > 0) return value;
  throw wrong(path, 'a number above 0', value);
}

function endpoint(value: unknown): string {
  const url = text(value, 'endpoint');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw wrong('endpoint', 'a URL of http or https', value);
  return url;
}
