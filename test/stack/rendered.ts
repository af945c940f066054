import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { model } from '../../generator/model.ts';
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

/** Secrets that somebody made in the cluster: by their names, with the text of each key. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the chart makes of a set of presets. */
export interface RenderedStack {
  readonly collector: RenderedProgram;
  readonly jaeger: RenderedProgram;
}

interface Workload extends KubernetesObject {
  spec: { template: { spec: { containers: Container[]; volumes?: Volume[] } } };
}
interface Container {
  args?: string[];
  command?: string[];
  envFrom?: { prefix?: string; secretRef?: { name: string } }[];
  env?: { name: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  volumeMounts?: { name: string; mountPath: string }[];
}
interface Volume {
  name: string;
  secret?: { secretName: string };
}

const CHART = join(import.meta.dirname, '..', '..', 'chart');

/** Paths that the two charts mount the configurations at. */
const MOUNTED = { jaeger: '/etc/jaeger/user-config.yaml', collector: '/conf/relay.yaml' };

/**
 * Renders the chart with these presets, laid over each other in this order.
 * @param files further values files, laid over the presets
 */
export async function renderStack(
  presets: readonly string[],
  files: readonly string[] = [],
): Promise<RenderedStack> {
  const values = [...presets.map((name) => join(CHART, 'presets', `${name}.yaml`)), ...files];
  const { objects } = await template(await newestHelm(), CHART, { values, namespace: 'monitoring' });
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

/**
 * Arguments as the pod passes them, with the configuration and the files of Secrets in a folder of this machine.
 * @param folder where these files are written
 */
export async function localArgs(
  stack: RenderedStack,
  name: keyof RenderedStack,
  folder: string,
  secrets: Secrets = {},
) {
  const program = stack[name];
  let { config } = program;
  for (const { path, text } of program.files) {
    const local = join(folder, basename(path));
    await writeFile(local, text);
    config = config.replaceAll(path, local);
  }
  for (const { path, secret } of program.secretFolders) {
    const local = join(folder, secret);
    await mkdir(local, { recursive: true });
    for (const [key, text] of Object.entries(secrets[secret] ?? {})) await writeFile(join(local, key), text);
    config = config.replaceAll(path, local);
  }
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, config);
  const local = program.args.map((argument) => argument.replace(MOUNTED[name], file));
  if (!local.join(' ').includes(file))
    throw new Error(`${name} is not given ${MOUNTED[name]}: ${local.join(' ')}`);
  return local;
}

/** The environment as the pod has it, as far as it comes from Secrets; a key that misses is an error there too. */
export function localEnv(
  { secretEnv, secretEnvs }: RenderedProgram,
  secrets: Secrets = {},
  pod = 'pod-0',
): Record<string, string> {
  const pairs = secretEnv.map(({ variable, secret, key }) => {
    const text = secrets[secret]?.[key];
    if (text === undefined) throw new Error(`${variable} is the key ${key} of the Secret ${secret}: no such`);
    return [variable, text];
  });
  const whole = secretEnvs.flatMap(({ prefix, secret }) =>
    Object.entries(secrets[secret] ?? {}).map(([key, text]) => [`${prefix}${key}`, text]),
  );
  pairs.push(...whole);
  return { MY_POD_IP: '127.0.0.1', OTEL_K8S_POD_NAME: pod, ...Object.fromEntries(pairs) };
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
