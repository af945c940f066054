import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KubernetesObject } from '../support/helm.ts';
import { output } from '../support/processes.ts';
import type { Secrets } from './local.ts';
import type { Container, Volume } from './rendered.ts';

interface PodTemplate {
  template: { spec: { containers: Container[]; volumes?: Volume[] } };
}
interface Job extends KubernetesObject {
  spec: PodTemplate & { jobTemplate: { spec: PodTemplate } };
}

/** The container of a Job or a CronJob, and the Secrets that its mounts are of. */
function containerOf(objects: readonly KubernetesObject[], name: string) {
  const found = objects.find(({ kind, metadata }) => /Job$/.test(kind) && metadata.name === name);
  if (found === undefined) throw new Error(`The chart renders no Job ${name}.`);
  const { spec } = found as Job;
  const { containers, volumes = [] } = (found.kind === 'CronJob' ? spec.jobTemplate.spec : spec).template
    .spec;
  const [container = {}] = containers;
  const secretOf = (volume: string) => volumes.find((one) => one.name === volume)?.secret?.secretName ?? '';
  return { container, secretOf };
}

/**
 * Runs what a Job or CronJob of the chart runs, with its arguments and its environment; the files of its Secrets are
 * in a folder of this machine.
 *
 * @param path the program of the Job's image
 * @returns what it has printed to its standard output
 * @throws when it fails, with all that it has printed
 */
export async function runJob(
  path: string,
  objects: readonly KubernetesObject[],
  name: string,
  { folder, secrets }: { folder: string; secrets: Secrets },
): Promise<string> {
  const { container, secretOf } = containerOf(objects, name);
  const { args = [], env = [], volumeMounts = [] } = container;
  const moved = new Map<string, string>();
  for (const { name: volume, mountPath, subPath = '' } of volumeMounts) {
    const local = join(folder, name, subPath);
    await mkdir(dirname(local), { recursive: true });
    await writeFile(local, keyOf(secrets, secretOf(volume), subPath));
    moved.set(mountPath, local);
  }
  const variables = env.map(({ name: variable, value = '', valueFrom }) => {
    const { name: secret, key } = valueFrom?.secretKeyRef ?? {};
    return [variable, secret && key ? keyOf(secrets, secret, key) : (moved.get(value) ?? value)];
  });
  return output(path, args, { env: Object.fromEntries(variables) });
}

function keyOf(secrets: Secrets, secret: string, key: string): string {
  const text = secrets[secret]?.[key];
  if (text === undefined) throw new Error(`There is no key ${key} of a Secret ${secret}.`);
  return text;
}
