import { expect } from 'vitest';
import { model } from '../../generator/model.ts';
import { apply, kubectl, rolledOut } from '../support/cluster.ts';
import { type KubernetesObject, parseObjects } from '../support/helm.ts';
import { lastLine } from './connection.ts';
import type { Choice, Stage } from './stage.ts';

const HOOK = 'helm.sh/hook';

/**
 * One sync as Argo CD does it (argo-cd.readthedocs.io, user-guide/helm): renders the chart, applies what is no hook,
 * waits until that is healthy, and then makes the hooks after an install or upgrade anew.
 *
 * @returns the last line of the hook's log
 */
export async function sync(stage: Stage, choice: Choice): Promise<string> {
  const rendered = await stage.render(choice);
  const objects = parseObjects(rendered).map((object) => inNamespace(object, stage.monitoring));
  const events = (object: KubernetesObject) => object.metadata.annotations?.[HOOK]?.split(',') ?? [];
  await apply(objects.filter((object) => events(object).length === 0));
  await rolledOut(stage.monitoring, model.names.jaeger);
  await rolledOut(stage.monitoring, model.names.collector);
  const [job, ...others] = objects.filter((object) => events(object).includes('post-upgrade'));
  if (job === undefined || others.length > 0) throw new Error(`${others.length} hooks after an upgrade`);
  const its = [`job/${job.metadata.name}`, '--namespace', stage.monitoring];
  await kubectl(['delete', ...its, '--ignore-not-found']);
  await apply([job]);
  const end = ['get', ...its, '--output=jsonpath={.status.conditions[*].type}'];
  const done = expect.stringMatching(/Complete|Failed/);
  await expect.poll(() => kubectl(end), { timeout: 180_000, interval: 500 }).toEqual(done);
  return lastLine(await kubectl(['logs', ...its]));
}

/** An object that names no namespace is in the release's, where it is in any. */
function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  return { ...object, metadata: { namespace, ...object.metadata } };
}
