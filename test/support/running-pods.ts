import { tool } from '../../scripts/tools.mjs';
import { kubectl } from './cluster.ts';
import { run } from './processes.ts';

interface PodList {
  items: {
    metadata: { name: string; deletionTimestamp?: string };
    status: { podIP?: string; conditions?: { type: string; status: string }[] };
  }[];
}

/** Names of the pods of one part of a release that are ready, and not on their way out. */
export async function readyPods(namespace: string, app: string): Promise<string[]> {
  return (await readyAddresses(namespace, app)).map(({ name }) => name);
}

/** Those pods with the address that each has. */
export async function readyAddresses(
  namespace: string,
  app: string,
): Promise<{ name: string; ip: string }[]> {
  const selector = `--selector=app.kubernetes.io/name=${app}`;
  const list = await kubectl(['get', 'pods', '--namespace', namespace, selector, '--output=json']);
  return (JSON.parse(list) as PodList).items
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .filter(({ status }) => status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'))
    .map(({ metadata, status }) => ({ name: metadata.name, ip: status.podIP ?? '' }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The answer of a pod at a path, over the API server's own proxy. */
export function askPod(namespace: string, pod: string, port: number, path: string): Promise<string> {
  return kubectl(['get', '--raw', `/api/v1/namespaces/${namespace}/pods/${pod}:${port}/proxy${path}`]);
}

/**
 * Asks for a pod to go, as a drain of its node does.
 *
 * @returns why it may not, nothing when it goes
 */
export async function evict(namespace: string, pod: string): Promise<string> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  const input = JSON.stringify(eviction);
  const { code, stderr } = await run(await tool('kubectl'), ['create', '--raw', path, '--filename=-'], {
    input,
  });
  return code === 0 ? '' : stderr;
}
