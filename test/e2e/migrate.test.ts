import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PINS } from '../../generator/config/pins.ts';
import { model } from '../../generator/model.ts';
import { printYaml } from '../../generator/text/yaml.ts';
import { merge } from '../../generator/values/merge.ts';
import { ENDPOINT, VENDOR } from '../../hook/names.ts';
import { apply, createNamespace, kubectl, serviceGet } from '../support/cluster.ts';
import { claim, sender } from '../support/cluster-objects.ts';
import { commandsIn, textOf } from '../support/documents.ts';
import { jaegerApi } from '../support/jaeger.ts';
import { ProjectCopy } from '../support/project-copy.ts';
import type { Spacelift } from '../support/spacelift.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import { spanCount } from '../support/spans.ts';
import { Terminal } from '../support/terminal.ts';
import { expectCode, expectConnected, expectTraces, startSpacelift } from './connection.ts';
import { valuesOfTheGuide } from './guide-collector.ts';
import { extraValues, helms, images, whyNot } from './settings.ts';
import { CHART, Stage } from './stage.ts';

const DOCUMENT = 'docs/from-the-guide.md';
/** As the guide calls it. */
const CLAIM = 'jaeger-badger';
const COLLECTOR = 'otelcol-opentelemetry-collector';
const old = { service: 'before', traces: 100, childSpans: 4 };

/**
 * The guide's file for Jaeger, by somebody who saw that its keys open no Badger, and opened one: in folders of the volume
 * that are not this chart's.
 */
const JAEGER = {
  jaeger: {
    extraVolumes: [{ name: 'data', persistentVolumeClaim: { claimName: CLAIM } }],
    extraVolumeMounts: [{ name: 'data', mountPath: '/data' }],
  },
  userconfig: {
    service: {
      extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
      jaeger_query: { storage: { traces: 'main' } },
      jaeger_storage: {
        backends: {
          main: {
            badger: {
              ephemeral: false,
              directories: { keys: '/data/jaeger/keys', values: '/data/jaeger/values' },
            },
          },
        },
      },
    },
    receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'main' } },
  },
};

const missing = await whyNot();

describe.skipIf(missing).each(helms.slice(-1))(
  `two releases of the guide, moved as ${DOCUMENT} says, by Helm %s${missing}`,
  (version) => {
    const stage = new Stage(version);
    const before = jaegerApi(serviceGet(stage.monitoring, 'jaeger', model.ports.query));
    const endpoint = `http://${COLLECTOR}.${stage.monitoring}.svc.cluster.local:4317`;
    let folder: string;
    let terminal: Terminal;
    let spacelift: Spacelift;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'moving-'));
      const { folder: cwd } = new ProjectCopy(folder);
      await createNamespace(stage.monitoring); // the guide's collector is none for Pod Security `restricted`
      await createNamespace(stage.spacelift);
      spacelift = await startSpacelift(stage);
      const values = { spacelift: { namespace: stage.spacelift } };
      const meanings = { monitoring: stage.monitoring, spacelift: stage.spacelift };
      terminal = await Terminal.open(version, { valuesFiles: extraValues, values, meanings });
      terminal.cwd = cwd;
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(async () => {
      await terminal.close();
      await stage.tearDown('the move');
      await rm(folder, { recursive: true });
    });

    /** Installs a chart as the guide does, with a file that is there for the document too. */
    async function install(release: 'jaeger' | 'otelcol', file: string) {
      const { name, version: chart } = release === 'jaeger' ? PINS.jaeger : PINS.collector;
      const archive = join(CHART, 'charts', `${name}-${chart}.tgz`);
      const files = ['--values', join(terminal.cwd, file), '--values', '-'];
      const args = [release, archive, ...files, '--wait', '--timeout=5m'];
      expectCode(await stage.helm('install', args, JSON.stringify(imagesOf(release))), 'zero');
    }

    test('have traces in Badger', async () => {
      await apply([claim(stage.monitoring, CLAIM)]);
      await writeFile(join(terminal.cwd, 'jaeger-values.yaml'), printYaml(JAEGER));
      await writeFile(
        join(terminal.cwd, 'otel-collector-values.yaml'),
        printYaml(valuesOfTheGuide('http://jaeger:4317')),
      );
      await install('jaeger', 'jaeger-values.yaml');
      await install('otelcol', 'otel-collector-values.yaml');
      const stringData = { [ENDPOINT]: endpoint, [VENDOR]: 'OpenTelemetry' };
      const patch = ['--type=merge', `--patch=${JSON.stringify({ stringData })}`];
      await kubectl(['patch', 'secret', SHARED_SECRET, '--namespace', stage.spacelift, ...patch]);
      await apply([sender(stage.spacelift, new URL(endpoint).host, old, images)]);
      await stage.sent(old);
      await expect
        .poll(() => before.countSpans(old.service), { timeout: 60_000, interval: 500 })
        .toBe(spanCount(old));
    });

    test('are one release after the commands of the document, with the old traces and the new ones', async () => {
      for (const command of commandsIn(textOf(DOCUMENT, 'Move')).filter(isOfTheMove)) {
        const isInstall = command.startsWith('helm install ');
        const said = await terminal.type(isInstall ? `${command} --values own.yaml` : command);
        if (command.includes(' migrate '))
          await writeFile(join(terminal.cwd, 'own.yaml'), valuesToPaste(said));
      }
      await expect
        .poll(() => stage.jaeger.countSpans(old.service), { timeout: 60_000, interval: 500 })
        .toBe(spanCount(old));
      await expectConnected(stage, spacelift);
      await expectTraces(stage, 'spacelift-server');
    });

    test('and nothing else: the claim is the only one, and no object of theirs is left', async () => {
      const claims = ['get', 'persistentvolumeclaims', '--namespace', stage.monitoring, '--output=name'];
      expect((await kubectl(claims)).trim()).toBe(`persistentvolumeclaim/${CLAIM}`);
      const services = ['get', 'services,deployments', '--namespace', stage.monitoring, '--output=name'];
      const found = (await kubectl(services)).trim().split('\n');
      expect(found.filter((name) => !name.includes('/spacelift-telemetry-'))).toEqual([]);
    });
  },
);

/** The values that `migrate` prints for a file of one's own. */
function valuesToPaste(said: string): string {
  const [, pasted] = /has no words for this.*\n\n((?: {4}.*\n)+)/.exec(said) ?? [];
  if (pasted === undefined) throw new Error(`nothing to paste in\n${said}`);
  return pasted.replaceAll(/^ {4}/gm, '');
}

/** All but the last one, which is for those who do not want the volume. */
const isOfTheMove = (command: string) => !/ delete persistentvolumeclaim /.test(command);

/** What this run's own values say of a subchart: the cluster may have other images than the chart's. */
const imagesOf = (subchart: string): object =>
  extraValues
    .map((file) => parse(readFileSync(file, 'utf8')))
    .reduce((all: object, values) => merge(all, values?.[subchart] ?? {}), {});
