import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { model } from '../../generator/model.ts';
import { tool } from '../../scripts/tools.mjs';
import { chosenHelms, type HelmVersion, type KubernetesObject, template } from '../support/helm.ts';

/** One program of the chart: the text of its configuration, and the arguments its container gives it. */
export interface RenderedProgram {
  readonly config: string;
  readonly args: readonly string[];
}

/** What the chart makes of a set of presets. */
export interface RenderedStack {
  readonly collector: RenderedProgram;
  readonly jaeger: RenderedProgram;
}

interface Workload extends KubernetesObject {
  spec: { template: { spec: { containers: { args: string[] }[] } } };
}

const CHART = join(import.meta.dirname, '..', '..', 'chart');

/** Paths that the two charts mount the configurations at. */
const MOUNTED = { jaeger: '/etc/jaeger/user-config.yaml', collector: '/conf/relay.yaml' };

/** Renders the chart with these presets, laid over each other in this order. */
export async function renderStack(presets: readonly string[]): Promise<RenderedStack> {
  const values = presets.map((name) => join(CHART, 'presets', `${name}.yaml`));
  const { objects } = await template(await newestHelm(), CHART, { values, namespace: 'monitoring' });
  return {
    jaeger: {
      config: data(objects, /^user-config$/, 'user-config.yaml'),
      args: args(objects, model.names.jaeger),
    },
    collector: {
      config: data(objects, new RegExp(`^${model.names.collector}(-statefulset)?$`), 'relay'),
      args: args(objects, model.names.collector),
    },
  };
}

/**
 * Arguments as the pod passes them, with the configuration in a file of this machine.
 * @param folder where that file is written
 */
export async function localArgs(stack: RenderedStack, name: keyof RenderedStack, folder: string) {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, stack[name].config);
  const local = stack[name].args.map((argument) => argument.replace(MOUNTED[name], file));
  if (!local.join(' ').includes(file))
    throw new Error(`${name} is not given ${MOUNTED[name]}: ${local.join(' ')}`);
  return local;
}

function data(objects: readonly KubernetesObject[], name: RegExp, key: string): string {
  const text = (find(objects, /^ConfigMap$/, name)['data'] as Record<string, string>)[key];
  if (text === undefined) throw new Error(`The ConfigMap ${name} has no ${key}.`);
  return text;
}

function args(objects: readonly KubernetesObject[], name: string): readonly string[] {
  const { spec } = find(objects, /^(Deployment|StatefulSet)$/, new RegExp(`^${name}$`)) as Workload;
  return spec.template.spec.containers[0]?.args ?? [];
}

/** The one object of this kind and name. */
function find(objects: readonly KubernetesObject[], kind: RegExp, name: RegExp): KubernetesObject {
  const [found, ...others] = objects.filter(
    (object) => kind.test(object.kind) && name.test(object.metadata.name),
  );
  if (found === undefined || others.length > 0)
    throw new Error(`The chart renders ${found ? 'several' : 'no'} ${kind} ${name}.`);
  return found;
}

/** Levels with a Helm each see to it that all render the same; here the newest at hand is enough. */
async function newestHelm(): Promise<HelmVersion> {
  const failures: unknown[] = [];
  for (const version of chosenHelms().reverse()) {
    const failure = await tool(`helm-${version}`).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) return version;
    failures.push(failure);
  }
  throw new AggregateError(failures, 'There is no Helm.');
}
