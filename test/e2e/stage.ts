import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { model } from '../../generator/model.ts';
import { merge } from '../../generator/values/merge.ts';
import {
  apply,
  createNamespace,
  deleteNamespaces,
  describeTrouble,
  kubectl,
  podUids,
  serviceGet,
} from '../support/cluster.ts';
import { sender, spacelift } from '../support/cluster-objects.ts';
import { type HelmVersion, helm, type Outcome } from '../support/helm.ts';
import { jaegerApi } from '../support/jaeger.ts';
import type { SpanLoad } from '../support/spans.ts';
import { extraValues, images } from './settings.ts';

/** The name of every release here; the chart's own names do not depend on it. */
export const RELEASE = 'telemetry';

/** The chart's folder. */
export const CHART = join(import.meta.dirname, '..', '..', 'chart');

/** Values of a release: how it connects Spacelift, presets by name, then files, then values as an object. */
export interface Choice {
  /** Without one Spacelift is left alone: what is not about the connection needs no Spacelift. */
  connect?: 'job' | 'reconcile' | 'manual';
  presets?: readonly string[];
  files?: readonly string[];
  values?: { readonly spacelift?: object; readonly [key: string]: unknown };
}

/** No run that a test has not started comes between its steps: the next such day is in 2028. */
const NEVER = '0 0 29 2 *';

/** Two namespaces, as a person would have them: one for the chart, under Pod Security `restricted`, one for Spacelift. */
export class Stage {
  readonly version: HelmVersion;
  readonly monitoring: string;
  readonly spacelift: string;
  readonly jaeger;
  #since = Date.now();

  constructor(version: HelmVersion) {
    const suffix = randomUUID().slice(0, 5);
    this.version = version;
    this.monitoring = `monitoring-${suffix}`;
    this.spacelift = `spacelift-${suffix}`;
    this.jaeger = jaegerApi(serviceGet(this.monitoring, model.names.jaeger, model.ports.query));
  }

  /** What Spacelift is told. */
  get endpoint(): string {
    return `http://${model.names.collector}.${this.monitoring}.svc.cluster.local:${model.ports.otlpGrpc}`;
  }

  async setUp(): Promise<void> {
    this.#since = Date.now(); // stages of other Helms are made at the same time, and wait
    await createNamespace(this.monitoring, { 'pod-security.kubernetes.io/enforce': 'restricted' });
    await createNamespace(this.spacelift);
  }

  async tearDown(what: string): Promise<void> {
    await deleteNamespaces(this.monitoring, this.spacelift);
    this.say(`${what} took ${seconds(this.#since)}`);
  }

  /** Runs Helm in the namespace of the chart. */
  helm(command: string, args: readonly string[], input?: string): Promise<Outcome> {
    const all = [command, ...args, '--namespace', this.monitoring];
    return helm(this.version, all, input === undefined ? {} : { input });
  }

  /** Installs or upgrades the chart, which must succeed, and returns what Helm printed: the notes are in it. */
  async deploy(command: 'install' | 'upgrade', choice: Choice = {}): Promise<string> {
    const { code, stdout, stderr } = await this.tryToDeploy(command, choice, ['--wait']);
    if (code !== 0) throw new Error(`helm ${this.version} ${command} ended with ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Installs or upgrades the chart; it waits for the hooks, but for pods only when `flags` say so. */
  tryToDeploy(
    command: 'install' | 'upgrade',
    choice: Choice = {},
    flags: readonly string[] = [],
  ): Promise<Outcome> {
    return this.#withValues([command, RELEASE, CHART, '--timeout=5m', ...flags], choice);
  }

  /** The chart's objects as YAML, as one who only renders it gets them. */
  async render(choice: Choice = {}): Promise<string> {
    const { code, stdout, stderr } = await this.#withValues(['template', RELEASE, CHART], choice);
    if (code !== 0) throw new Error(`helm ${this.version} template ended with ${code}\n${stderr}`);
    return stdout;
  }

  #withValues(
    [command = '', ...args]: readonly string[],
    { connect = 'manual', presets = [], files = [], values = {} }: Choice,
  ): Promise<Outcome> {
    const chosen = [
      ...[...(connect === 'job' ? [] : [connect]), ...presets].map((name) =>
        join(CHART, 'presets', `${name}.yaml`),
      ),
      ...files,
      ...extraValues,
    ];
    const all = merge({ spacelift: { namespace: this.spacelift, connect: { schedule: NEVER } } }, values);
    const given = [...chosen, '-'].flatMap((file) => ['--values', file]);
    return this.helm(command, [...args, ...given], JSON.stringify(all));
  }

  async uninstall(): Promise<void> {
    const { code, stderr } = await this.helm('uninstall', [RELEASE, '--wait', '--timeout=3m']);
    if (code !== 0) throw new Error(`helm uninstall ended with ${code}\n${stderr}`);
  }

  startSpacelift(): Promise<void> {
    return apply(spacelift(this.spacelift, this.endpoint, images));
  }

  /** Starts a Job that sends a known number of spans, to the host and port where Spacelift would unless told another. */
  startSending(load: SpanLoad, endpoint = new URL(this.endpoint).host): Promise<void> {
    return apply([sender(this.spacelift, endpoint, load, images)]);
  }

  /** Returns when a Job has sent all. */
  async sent({ service }: SpanLoad): Promise<void> {
    await kubectl([
      'wait',
      '--for=condition=complete',
      `job/${service}`,
      '--namespace',
      this.spacelift,
      '--timeout=5m',
    ]);
  }

  /** Identities of the pods of both parts, to tell which of them an upgrade has replaced. */
  async pods(): Promise<{ jaeger: string[]; collector: string[] }> {
    const [jaeger, collector] = await Promise.all([
      podUids(this.monitoring, 'jaeger'),
      podUids(this.monitoring, 'otelcol'),
    ]);
    return { jaeger, collector };
  }

  /** Prints a figure; no test judges one. */
  say(text: string): void {
    console.log(`helm ${this.version}: ${text}`);
  }

  /** What the cluster says after a failure. */
  trouble(): Promise<string> {
    return describeTrouble(this.monitoring, this.spacelift);
  }
}

/** Time since then, for a figure that is printed. */
export const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
