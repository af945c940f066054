import { execFile } from 'node:child_process';
import { parseAllDocuments } from 'yaml';
import { chosenHelms, HELM_VERSIONS, tool } from '../../scripts/tools.mjs';

export { chosenHelms, HELM_VERSIONS };

/** A Helm that the chart must work with. */
export type HelmVersion = (typeof HELM_VERSIONS)[number];

/** The two ends of the Helms that this run is about: for what the ones between them cannot see in another way. */
export function oldestAndNewest(): HelmVersion[] {
  const versions = chosenHelms();
  return [...new Set([...versions.slice(0, 1), ...versions.slice(-1)])];
}

/** How a program ended and what it said. */
export interface Outcome {
  stdout: string;
  stderr: string;
  code: number;
}

/** Where and how Helm runs; `env` is added to the environment of the tests. */
export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
}

/** What a test needs to know of an object; everything else is reached by its key. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [key: string]: unknown;
}

/** What to render: files and settings are given to Helm in this order. */
export interface TemplateOptions extends RunOptions {
  values?: readonly string[];
  set?: readonly string[];
  release?: string;
  namespace?: string;
  /** Further arguments, such as `--is-upgrade`. */
  args?: readonly string[];
}

/** Runs Helm. A refusal is an outcome like any other, for a test to look at; only a Helm that cannot be started throws. */
export async function helm(
  version: HelmVersion,
  args: readonly string[],
  { cwd, env, input }: RunOptions = {},
): Promise<Outcome> {
  const path = await tool(`helm-${version}`);
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(path, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ stdout, stderr, code });
      else reject(error);
    });
    child.stdin?.on('error', () => {}); // a Helm that ends before it has read its input is judged by its code
    child.stdin?.end(input);
  });
}

/** Renders a chart that must render. */
export async function template(
  version: HelmVersion,
  chartDir: string,
  { values = [], set = [], release = 'test', namespace = 'default', args = [], ...run }: TemplateOptions = {},
): Promise<{ objects: KubernetesObject[]; stderr: string }> {
  const files = values.flatMap((file) => ['--values', file]);
  const settings = set.flatMap((setting) => ['--set', setting]);
  const all = ['template', release, chartDir, '--namespace', namespace, ...files, ...settings, ...args];
  const { stdout, stderr, code } = await helm(version, all, run);
  if (code !== 0) throw new Error(`helm ${version} ${all.join(' ')}\n${stderr}`);
  return { objects: parseObjects(stdout), stderr };
}

/** The objects in a stream of YAML, read as Helm and Kubernetes read it: by YAML 1.1, where `no` is false. */
export function parseObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text, { version: '1.1' })
    .map((document) => {
      if (document.errors[0] !== undefined) throw document.errors[0];
      return document.toJS() as KubernetesObject | null;
    })
    .filter((object) => object !== null);
}
