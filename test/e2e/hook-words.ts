import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { MANAGER } from '../../hook/names.ts';
import { tool } from '../../scripts/tools.mjs';
import { apply, kubectl } from '../support/cluster.ts';
import { securedContainer } from '../support/cluster-objects.ts';
import { run } from '../support/processes.ts';
import { lastLine } from './connection.ts';
import type { Stage } from './stage.ts';

/** How a Job of the hook differs from the CronJob's own. */
export interface HookChange {
  /** Fields of its pod's specification beside those that are there. */
  readonly pod?: object;
  /** A script of a container that starts before the hook's and runs until that has ended. */
  readonly sidecar?: string;
  /** Environment of its container, beside what is there. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

interface HookPod {
  containers: { image: string; env: object[] }[];
  volumes: { name: string; configMap?: { name: string } }[];
}

/**
 * Does something that makes Helm run a Job of the hook, and listens to it: Helm deletes a Job that succeeded.
 *
 * @param job - `connect`, `rollback`, `disconnect` or `move`
 * @returns the last line of its last pod; empty where it was over too soon to be heard
 */
export async function listen(stage: Stage, job: string, work: () => Promise<unknown>): Promise<string> {
  const name = `${MANAGER}-${job}`;
  const inNamespace = ['--namespace', stage.monitoring];
  // Its pods with it, so that what is heard is new.
  await kubectl(['delete', 'job', name, '--ignore-not-found', '--cascade=foreground', ...inNamespace]);
  let last = '';
  let over = false;
  const listening = (async () => {
    while (!over) {
      const pod = await newestPod(stage, name);
      if (pod !== undefined) {
        const { stdout } = await run(await tool('kubectl'), ['logs', '--follow', pod, ...inNamespace]);
        if (stdout.trim() !== '') last = lastLine(stdout);
      }
      await setTimeout(200); // there is nothing to wait on before there is a pod
    }
  })();
  await work().finally(() => {
    over = true;
  });
  await listening;
  return last;
}

/** The same of an upgrade that fails, and of the rollback after it. */
export async function listenToBoth(stage: Stage, upgrade: () => Promise<unknown>): Promise<string> {
  let rollback = '';
  const connect = await listen(stage, 'connect', async () => {
    rollback = await listen(stage, 'rollback', upgrade);
  });
  return `${connect} Then: ${rollback}`;
}

/**
 * Runs the CronJob's Job, and waits for its end, good or not.
 *
 * @returns the last line of its log
 */
export async function runHook(stage: Stage, name: string, change: HookChange = {}): Promise<string> {
  const inNamespace = ['--namespace', stage.monitoring];
  const cronJob = await kubectl(['get', 'cronjob', `${MANAGER}-reconcile`, '--output=json', ...inNamespace]);
  const { template, ...rest } = JSON.parse(cronJob).spec.jobTemplate.spec;
  const pod = await changed(stage, name, template.spec, change);
  const spec = { ...rest, template: { ...template, spec: pod } };
  const metadata = { name, namespace: stage.monitoring };
  await apply([{ apiVersion: 'batch/v1', kind: 'Job', metadata, spec }]);
  const conditions = ['get', 'job', name, '--output=jsonpath={.status.conditions[*].type}', ...inNamespace];
  const end = expect.stringMatching(/Complete|Failed/);
  await expect.poll(() => kubectl(conditions), { timeout: 180_000, interval: 500 }).toEqual(end);
  return lastLine(await kubectl(['logs', `job/${name}`, '--container=hook', ...inNamespace]));
}

async function changed(
  stage: Stage,
  name: string,
  own: HookPod,
  { pod = {}, sidecar, env = {}, timeoutSeconds }: HookChange,
): Promise<object> {
  const added = Object.entries(env).map(([key, value]) => ({ name: key, value }));
  const containers = own.containers.map((container) => ({
    ...container,
    env: [...container.env, ...added],
  }));
  const sidecars = sidecar === undefined ? [] : containers.map(({ image }) => nativeSidecar(image, sidecar));
  const spec = { ...own, containers, initContainers: sidecars, ...pod };
  if (timeoutSeconds === undefined) return spec;
  const settings = await settingsWith(stage, `${name}-settings`, timeoutSeconds);
  const volumes = own.volumes.map((volume) =>
    volume.name === 'settings' ? { name: volume.name, configMap: { name: settings } } : volume,
  );
  return { ...spec, volumes };
}

/** Node, as the first process of a container, ends on a signal only if it is told to. */
const nativeSidecar = (image: string, script: string) => ({
  name: 'proxy',
  image,
  args: ['--eval', `process.once('SIGTERM', () => process.exit()); ${script}`],
  env: [{ name: 'NODE_EXTRA_CA_CERTS', value: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt' }],
  restartPolicy: 'Always',
  ...securedContainer,
});

/** The image of the hook, which has Node. */
export async function hookImage(stage: Stage): Promise<string> {
  const path = '--output=jsonpath={.spec.jobTemplate.spec.template.spec.containers[0].image}';
  return kubectl(['get', 'cronjob', `${MANAGER}-reconcile`, path, '--namespace', stage.monitoring]);
}

/** A copy of the settings with another deadline. */
async function settingsWith(stage: Stage, name: string, timeoutSeconds: number): Promise<string> {
  const get = ['get', 'configmap', `${MANAGER}-settings`, '--output=json', '--namespace', stage.monitoring];
  const { data } = JSON.parse(await kubectl(get)) as { data: Record<string, string> };
  const entries = Object.entries(data).map(([key, text]) => {
    const settings = JSON.parse(text);
    return [key, JSON.stringify({ ...settings, connect: { ...settings.connect, timeoutSeconds } })];
  });
  const metadata = { name, namespace: stage.monitoring };
  await apply([{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: Object.fromEntries(entries) }]);
  return name;
}

/** The pod of a Job that was made last, as `pod/NAME`; nothing where there is none. */
async function newestPod(stage: Stage, job: string): Promise<string | undefined> {
  const its = [`--selector=job-name=${job}`, '--namespace', stage.monitoring];
  const all = await kubectl([
    'get',
    'pods',
    ...its,
    '--sort-by=.metadata.creationTimestamp',
    '--output=name',
  ]);
  return all.trim().split('\n').at(-1) || undefined;
}
