import { join } from 'node:path';
import { PINS } from '../../generator/config/pins.ts';
import { model } from '../../generator/model.ts';
import { apply, createNamespace, deleteNamespaces } from '../support/cluster.ts';
import { sender } from '../support/cluster-objects.ts';
import { helm } from '../support/helm.ts';
import type { SpanLoad } from '../support/spans.ts';
import { expectCode } from './connection.ts';
import { images } from './settings.ts';
import { CHART, type Stage } from './stage.ts';

const RELEASE = 'otelcol';
const NAME = `${RELEASE}-opentelemetry-collector`;

/**
 * Values of Spacelift's guide "OpenTelemetry with Jaeger in Kubernetes" for its collector; but for Jaeger's address, since
 * nobody has the guide's any more, and the resources, which have nothing to do with connections.
 */
export const valuesOfTheGuide = (endpoint: string) => ({
  mode: 'deployment',
  image: {
    repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s',
  },
  command: { name: 'otelcol-k8s' },
  config: {
    receivers: { jaeger: null, prometheus: null, zipkin: null },
    exporters: {
      otlp: {
        endpoint,
        tls: { insecure: true },
      },
    },
    service: {
      pipelines: {
        traces: { receivers: ['otlp'], exporters: ['otlp'] },
        metrics: { receivers: ['otlp'], exporters: ['otlp'] },
        logs: null,
      },
    },
  },
  ports: Object.fromEntries(
    ['otlp-http', 'jaeger-compact', 'jaeger-thrift', 'jaeger-grpc', 'zipkin'].map((port) => [
      port,
      { enabled: false },
    ]),
  ),
});

/** The collector as the guide installs it, in a namespace of its own: its pod is none for Pod Security `restricted`. */
export class GuideCollector {
  readonly #stage: Stage;
  readonly #namespace: string;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#namespace = `${stage.monitoring}-guide`;
  }

  get endpoint(): string {
    return `http://${NAME}.${this.#namespace}.svc.cluster.local:${model.ports.otlpGrpc}`;
  }

  async install(): Promise<void> {
    await createNamespace(this.#namespace);
    await this.#deploy('install');
  }

  /** As the guide has debug logs turned on: a change of the configuration, which replaces the pod. */
  async turnDebugOn(): Promise<void> {
    await this.#deploy('upgrade', ['--set=config.service.telemetry.logs.level=debug']);
  }

  startSending(load: SpanLoad): Promise<void> {
    return apply([sender(this.#stage.spacelift, new URL(this.endpoint).host, load, images)]);
  }

  remove(): Promise<void> {
    return deleteNamespaces(this.#namespace);
  }

  async #deploy(command: 'install' | 'upgrade', flags: readonly string[] = []): Promise<void> {
    const { name, version } = PINS.collector;
    const chart = join(CHART, 'charts', `${name}-${version}.tgz`);
    const where = ['--namespace', this.#namespace, '--wait', '--timeout=5m', '--values', '-'];
    const jaeger = `http://${model.names.jaeger}.${this.#stage.monitoring}:${model.ports.otlpGrpc}`;
    const input = JSON.stringify(valuesOfTheGuide(jaeger));
    const all = [command, RELEASE, chart, ...where, ...flags];
    expectCode(await helm(this.#stage.version, all, { input }), 'zero');
  }
}
