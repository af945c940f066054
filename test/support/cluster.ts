import { tool } from '../../scripts/tools.mjs';
import type { Get } from './jaeger.ts';
import { output, run, type StartOptions } from './processes.ts';

interface PodList {
  items: { metadata: { uid: string; deletionTimestamp?: string } }[];
}

interface EventList {
  items: { involvedObject: { kind: string; name: string }; reason: string; message: string }[];
}

/** Runs kubectl, which must succeed, and returns what it printed. */
export async function kubectl(args: readonly string[], options?: StartOptions): Promise<string> {
  return output(await tool('kubectl'), args, options);
}

/** Why no cluster can be asked; nothing when one answers. */
export async function whyNoCluster(): Promise<string | undefined> {
  if (!process.env['KUBECONFIG']) return 'no KUBECONFIG';
  const { code } = await run(await tool('kubectl'), ['version', '--request-timeout=10s']);
  return code === 0 ? undefined : 'the cluster of KUBECONFIG does not answer';
}

/** Creates or changes objects. */
export async function apply(objects: readonly object[]): Promise<void> {
  const list = { apiVersion: 'v1', kind: 'List', items: objects };
  await kubectl(['apply', '--filename=-'], { input: JSON.stringify(list) });
}

/** Creates a namespace; its label tells a person who finds it where it comes from. */
export async function createNamespace(name: string, labels: Record<string, string> = {}): Promise<void> {
  const all = { 'app.kubernetes.io/managed-by': 'spacelift-telemetry-e2e', ...labels };
  await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: all } }]);
}

/** Deletes namespaces with all that is in them, and returns when they are gone. */
export async function deleteNamespaces(...names: string[]): Promise<void> {
  await kubectl(['delete', 'namespace', ...names, '--ignore-not-found', '--timeout=3m']);
}

/** Names of all objects in a namespace, as `KIND/NAME`; without events, which nobody owns. */
export async function objectsIn(namespace: string): Promise<string[]> {
  const kinds = await kubectl(['api-resources', '--namespaced', '--verbs=list', '--output=name']);
  const wanted = kinds.split(/\s+/).filter((kind) => kind !== '' && !kind.startsWith('events'));
  const found = await kubectl(['get', wanted.join(','), '--namespace', namespace, '--output=name']);
  return found
    .split(/\s+/)
    .filter((name) => name !== '')
    .sort();
}

/** What Events in a namespace say, as `KIND/NAME REASON: MESSAGE`. */
export async function eventsIn(namespace: string): Promise<string[]> {
  const list = await kubectl(['get', 'events', '--namespace', namespace, '--output=json']);
  return (JSON.parse(list) as EventList).items.map(({ involvedObject: { kind, name }, reason, message }) => {
    return `${kind}/${name} ${reason}: ${message}`;
  });
}

/** Identities of the pods of one part of a release that are not on their way out. */
export async function podUids(namespace: string, app: string): Promise<string[]> {
  const selector = `--selector=app.kubernetes.io/name=${app}`;
  const list = await kubectl(['get', 'pods', '--namespace', namespace, selector, '--output=json']);
  return (JSON.parse(list) as PodList).items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map(({ metadata }) => metadata.uid)
    .sort();
}

/** Takes a Deployment's pods away, and returns when the last one is gone. */
export async function takeAway(namespace: string, deployment: string, app: string): Promise<void> {
  await kubectl(['scale', `deployment/${deployment}`, '--namespace', namespace, '--replicas=0']);
  const pods = ['pods', `--selector=app.kubernetes.io/name=${app}`, '--namespace', namespace];
  await kubectl(['wait', '--for=delete', ...pods, '--timeout=3m']);
}

/** Brings a Deployment's pod back, and returns when it is ready. */
export async function bringBack(namespace: string, deployment: string): Promise<void> {
  await kubectl(['scale', `deployment/${deployment}`, '--namespace', namespace, '--replicas=1']);
  await rolledOut(namespace, deployment);
}

/** Returns when all pods of a Deployment are new and ready. */
export async function rolledOut(namespace: string, deployment: string): Promise<void> {
  await kubectl(['rollout', 'status', `deployment/${deployment}`, '--namespace', namespace, '--timeout=3m']);
}

/**
 * Asks a Service over the API server's own proxy: it needs no port of this machine, and works from wherever
 * kubectl works.
 */
export function serviceGet(namespace: string, service: string, port: number): Get {
  const base = `/api/v1/namespaces/${namespace}/services/http:${service}:${port}/proxy`;
  return async (path) => {
    const { code, stdout, stderr } = await run(await tool('kubectl'), ['get', '--raw', base + path]);
    if (code === 0) return stdout;
    if (stderr.includes('(NotFound)')) return undefined;
    throw new Error(stderr);
  };
}

/** What a person would look at after a failure. */
export async function describeTrouble(...namespaces: string[]): Promise<string> {
  const kinds = 'pods,jobs,persistentvolumeclaims';
  const asked = namespaces.flatMap((namespace) => [
    ['get', kinds, '--namespace', namespace, '--output=wide'],
    ['get', 'events', '--namespace', namespace, '--sort-by=.lastTimestamp'],
    [
      'logs',
      '--namespace',
      namespace,
      '--selector=app.kubernetes.io/instance',
      '--all-containers',
      '--tail=40',
    ],
  ]);
  const path = await tool('kubectl');
  const answers = await Promise.all(asked.map((args) => run(path, args)));
  return answers.map(({ stdout, stderr }) => stdout + stderr).join('\n');
}
