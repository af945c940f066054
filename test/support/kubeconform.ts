import { schemaLocations } from '../../scripts/kubernetes-schemas.mjs';
import { tool } from '../../scripts/tools.mjs';
import type { KubernetesObject } from './helm.ts';
import { run } from './processes.ts';

/** One object, and what is wrong with it. */
export interface Judged {
  readonly kind: string;
  readonly status: string;
  readonly msg: string;
}

/** Why objects cannot be judged here, for the name of a test; nothing where they can. */
export async function whyNotJudged(): Promise<string> {
  const { args, reason } = await schemaLocations();
  return args ? '' : reason;
}

/**
 * What Kubernetes would say of objects, by its own schemas and with nothing that they do not know. A null is left out:
 * Kubernetes reads it as nothing.
 */
export async function judgeObjects(objects: readonly KubernetesObject[]): Promise<Judged[]> {
  const { args = [] } = await schemaLocations();
  const input = objects.map((object) => JSON.stringify(object, withoutNulls)).join('\n---\n');
  const all = ['-strict', '-verbose', '-output', 'json', ...args];
  const { stdout, stderr } = await run(await tool('kubeconform'), all, { input });
  if (!stdout) throw new Error(stderr);
  return (JSON.parse(stdout) as { resources: Judged[] }).resources;
}

const withoutNulls = (_key: string, value: unknown) => (value === null ? undefined : value);
