import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ENDPOINT, VENDOR } from '../../hook/names.ts';
import { kubectl } from '../support/cluster.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import type { Condition } from './catalogue.ts';
import { OBSERVATIONS } from './settings.ts';
import type { Stage } from './stage.ts';

/** What of a Secret may be written down: no value of another key. */
export interface SecretLook {
  readonly vendor: string | undefined;
  readonly endpoint: string | undefined;
}

/** A condition, and what came of it. */
export interface Observation {
  readonly condition: Condition;
  /** What the hook or Helm said, or what was done where no hook runs. */
  readonly happened: string;
  /** New pods that each Deployment got; those that were there before and after. */
  readonly restarts: Readonly<Record<string, number>>;
  /** Nothing for a Secret that was not there. */
  readonly before: SecretLook | undefined;
  readonly after: SecretLook | undefined;
  /** Nothing where there was no Secret before or after. */
  readonly otherKeys: 'unchanged' | 'changed' | undefined;
}

interface Look {
  readonly data: Readonly<Record<string, string>> | undefined;
  readonly revisions: ReadonlyMap<string, number>;
}

interface Deployment {
  metadata: { name: string; generation: number; annotations?: Record<string, string> };
  status: { observedGeneration?: number };
}

/** What to look at, when it is not the shared Secret of the stage's own Spacelift. */
export interface Where {
  readonly secret?: string;
  readonly namespace?: string;
  /** Where chance decides on them they are no part of what is observed. */
  readonly restarts?: 'counted' | 'random';
}

/**
 * Looks at Spacelift, does something, looks again.
 *
 * @param work - returns what is to be told of it; names of this run's namespaces are made general
 */
export async function observe(
  condition: Condition,
  stage: Stage,
  work: () => Promise<string>,
  { secret = SHARED_SECRET, namespace = stage.spacelift, restarts = 'counted' }: Where = {},
): Promise<Observation> {
  const before = await look(namespace, secret);
  const happened = general(await work());
  const after = await look(namespace, secret);
  const observation: Observation = {
    condition,
    happened,
    restarts: restarts === 'counted' ? restartsBetween(before, after) : {},
    before: shown(before),
    after: shown(after),
    otherKeys: otherKeys(before, after),
  };
  const folder = process.env[OBSERVATIONS];
  if (folder) {
    if (happened === '') throw new Error(`nothing was heard of "${condition}"; run it again`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${condition}@${stage.version}.json`), JSON.stringify(observation));
  }
  return observation;
}

/** Nothing of Spacelift was changed. */
export function expectUntouched({ before, after, restarts, otherKeys }: Observation): void {
  expect(after).toEqual(before);
  expect(otherKeys).toBe('unchanged');
  expect(Object.values(restarts).filter((count) => count !== 0)).toEqual([]);
}

/** Does not wait for pods: where a rollout is stuck there is nothing to wait for. */
async function look(namespace: string, secret: string): Promise<Look> {
  const inNamespace = ['--namespace', namespace, '--output=json'];
  let deployments: Deployment[] = [];
  const lagging = async () => {
    deployments = JSON.parse(await kubectl(['get', 'deployments', ...inNamespace])).items as Deployment[];
    return deployments.filter(
      ({ metadata, status }) => metadata.generation > (status.observedGeneration ?? 0),
    );
  };
  await expect.poll(lagging, { timeout: 60_000, interval: 250 }).toEqual([]);
  const text = await kubectl(['get', 'secret', secret, '--ignore-not-found', ...inNamespace]);
  const revision = ({ metadata: { name, annotations } }: Deployment) =>
    [name, Number(annotations?.['deployment.kubernetes.io/revision'])] as const;
  return {
    data: text === '' ? undefined : ((JSON.parse(text) as { data?: Record<string, string> }).data ?? {}),
    revisions: new Map(deployments.map(revision)),
  };
}

function restartsBetween(before: Look, after: Look): Record<string, number> {
  const both = [...after.revisions].filter(([name]) => before.revisions.has(name));
  return Object.fromEntries(
    both.map(([name, revision]) => [name, revision - (before.revisions.get(name) ?? 0)]),
  );
}

function shown({ data }: Look): SecretLook | undefined {
  const text = (key: string) => {
    const encoded = data?.[key];
    return encoded === undefined ? undefined : general(Buffer.from(encoded, 'base64').toString());
  };
  return data && { vendor: text(VENDOR), endpoint: text(ENDPOINT) };
}

function otherKeys(before: Look, after: Look): 'unchanged' | 'changed' | undefined {
  if (before.data === undefined || after.data === undefined) return undefined;
  const others = ({ data = {} }: Look) => {
    const entries = Object.entries(data).filter(([key]) => key !== VENDOR && key !== ENDPOINT);
    return JSON.stringify(entries.sort());
  };
  return others(before) === others(after) ? 'unchanged' : 'changed';
}

/** Without the random ends of this run's namespaces. */
function general(text: string): string {
  return text.trim().replaceAll(/\b(monitoring|spacelift)-[0-9a-f]{5}\b/g, '$1');
}
