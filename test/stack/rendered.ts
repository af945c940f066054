import { basename, join } from 'node:path';
import { overlay } from '../../generator/features/index.ts';
import { model } from '../../generator/model.ts';
import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import { tool } from '../../scripts/tools.mjs';
import { chosenHelms, type HelmVersion, type KubernetesObject, template } from '../support/helm.ts';

/** One program of the chart: the text of its configuration, and what its pod gives it. */
export interface RenderedProgram {
  readonly config: string;
  readonly args: readonly string[];
  /** The program in the image, where the pod names it. */
  readonly command: string;
  /** Variables of the environment that are keys of a Secret. */
  readonly secretEnv: readonly { variable: string; secret: string; key: string }[];
  /** Secrets whose keys are all variables, with a text before their names. */
  readonly secretEnvs: readonly { prefix: string; secret: string }[];
  /** Files that are keys of a ConfigMap, beside the configuration itself. */
  readonly files: readonly { path: string; text: string }[];
  /** Folders whose files are the keys of a Secret; of one that is not there they are empty. */
  readonly secretFolders: readonly { path: string; secret: string }[];
}

/** What the chart makes of a set of presets. */
export interface RenderedStack {
  readonly collector: RenderedProgram;
  readonly jaeger: RenderedProgram;
}

interface Workload extends KubernetesObject {
  spec: { template: { spec: { containers: Container[]; volumes?: Volume[] } } };
}
/** What the tests read of a container. */
export interface Container {
  args?: string[];
  command?: string[];
  envFrom?: { prefix?: string; secretRef?: { name: string } }[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  volumeMounts?: { name: string; mountPath: string; subPath?: string }[];
}
/** And of a volume. */
export interface Volume {
  name: string;
  secret?: { secretName: string };
}

const CHART = join(import.meta.dirname, '..', '..', 'chart');

/** What the chart is rendered with, laid over each other in this order; a configuration as the values it becomes. */
export interface Layers {
  readonly presets?: readonly string[];
  readonly values?: readonly string[];
  readonly config?: TelemetryConfig;
  /** Another folder than the chart's own. */
  readonly chart?: string;
}

/** The objects that the chart makes of these layers. */
export async function renderObjects({
  presets = [],
  values: files = [],
  config = {},
  chart = CHART,
}: Layers): Promise<KubernetesObject[]> {
  const values = [...presets.map((name) => join(CHART, 'presets', `${name}.yaml`)), ...files, '-'];
  const input = JSON.stringify(overlay(config, model));
  const { objects } = await template(await newestHelm(), chart, { values, input, namespace: 'monitoring' });
  return objects;
}

/** What the chart makes of these layers, as far as the two programs see it. */
export async function renderStack(layers: Layers): Promise<RenderedStack> {
  const objects = await renderObjects(layers);
  return {
    jaeger: {
      config: data(objects, /^user-config$/, 'user-config.yaml'),
      files: uiConfig(objects),
      ...podOf(objects, model.names.jaeger),
    },
    collector: {
      config: data(objects, new RegExp(`^${model.names.collector}(-statefulset)?$`), 'relay'),
      files: [],
      ...podOf(objects, model.names.collector),
    },
  };
}

/** The settings of Jaeger's UI, where there are any. */
function uiConfig(objects: readonly KubernetesObject[]): RenderedProgram['files'] {
  const map = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'ui-config');
  return map
    ? [{ path: '/etc/jaeger/ui-config.json', text: data(objects, /^ui-config$/, 'ui-config.json') }]
    : [];
}

function data(objects: readonly KubernetesObject[], name: RegExp, key: string): string {
  const text = (find(objects, /^ConfigMap$/, name)['data'] as Record<string, string>)[key];
  if (text === undefined) throw new Error(`The ConfigMap ${name} has no ${key}.`);
  return text;
}

function podOf(
  objects: readonly KubernetesObject[],
  name: string,
): Omit<RenderedProgram, 'config' | 'files'> {
  const workload = find(objects, /^(Deployment|StatefulSet)$/, new RegExp(`^${name}$`)) as Workload;
  const { containers, volumes = [] } = workload.spec.template.spec;
  const { args = [], command = [], env = [], envFrom = [], volumeMounts = [] } = containers[0] ?? {};
  return {
    args,
    command: basename(command[0] ?? ''),
    secretEnvs: envFrom.flatMap(({ prefix = '', secretRef }) =>
      secretRef ? [{ prefix, secret: secretRef.name }] : [],
    ),
    secretEnv: env.flatMap(({ name: variable, valueFrom }) => {
      const reference = valueFrom?.secretKeyRef;
      return reference ? [{ variable, secret: reference.name, key: reference.key }] : [];
    }),
    secretFolders: volumeMounts.flatMap(({ name: volume, mountPath: path }) => {
      const secret = volumes.find((one) => one.name === volume)?.secret;
      return secret ? [{ path, secret: secret.secretName }] : [];
    }),
  };
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
