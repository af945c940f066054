import type { NextTargets, Settings } from './settings.ts';

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
      revision: release['revision'] === undefined ? undefined : Number(release['revision']),
    },
    endpoint: endpoint(root['endpoint']),
    service: optional(root['service'], 'service'),
    spacelift: {
      namespace: text(spacelift['namespace'], 'spacelift.namespace'),
      secrets: texts(spacelift['secrets'], 'spacelift.secrets'),
      deployments: texts(spacelift['deployments'], 'spacelift.deployments'),
    },
    connect: {
      timeoutSeconds: positive(connect['timeoutSeconds'], 'connect.timeoutSeconds'),
      takeOver: connect['takeOver'] === true,
      // An older chart's settings lack what came later, and are read before an upgrade from it.
      existingVendor: choice(connect['existingVendor'], 'replace', 'refuse'),
      managedSecret: choice(connect['managedSecret'], 'patch', 'refuse'),
      onDisconnectFailure: choice(connect['onDisconnectFailure'], 'fail', 'warn'),
      onRolloutFailure: choice(connect['onRolloutFailure'], 'fail', 'warn'),
      restart: choice(connect['restart'], 'never', 'onChange'),
      restartDelaySeconds: Number(connect['restartDelaySeconds'] ?? 0),
    },
    collector: optional(root['collector'], 'collector'),
    role: optional(root['role'], 'role'),
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

function choice<Chosen extends string, Default extends string>(
  value: unknown,
  chosen: Chosen,
  otherwise: Default,
): Chosen | Default {
  return value === chosen ? chosen : otherwise;
}

function optional(value: unknown, path: string): string | undefined {
  return value === undefined ? undefined : text(value, path);
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
