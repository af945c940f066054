import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, test } from 'vitest';
import { program } from '../stack/programs.ts';
import { ready } from '../stack/stack.ts';
import { stackForEach } from '../stack/traffic.ts';
import { freePorts, type RunningProcess, start } from '../support/processes.ts';
import { whyNot } from './servers.ts';
import { expectKept } from './storage.ts';

/** Jaeger's own server of its storage API, with traces in memory. */
function storageServer(storage: number, otlp: number, health: number): string {
  const config = {
    service: {
      extensions: ['jaeger_storage', 'remote_storage', 'healthcheckv2'],
      pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      telemetry: { metrics: { level: 'none' } },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: `127.0.0.1:${health}` } },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 20_000 } } } },
      remote_storage: { endpoint: `127.0.0.1:${storage}`, storage: 'memory' },
    },
    receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${otlp}` } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
  };
  return JSON.stringify(config);
}

const missing = await whyNot();

describe.skipIf(missing)(`Jaeger with a storage server${missing}`, () => {
  const up = stackForEach();
  let server: RunningProcess | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    await server?.end('SIGKILL');
    if (folder) await rm(folder, { recursive: true });
  });

  test('finds spans, and finds them again after a restart', async () => {
    const [storage = 0, otlp = 0, health = 0] = await freePorts(3);
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
    const file = join(folder, 'server.yaml');
    await writeFile(file, storageServer(storage, otlp, health));
    server = start(program('jaeger'), ['--config', file]);
    await ready(server, `http://127.0.0.1:${health}/status`);
    const endpoint = `--set=extensions.jaeger_storage.backends.grpc.grpc.endpoint=127.0.0.1:${storage}`;
    await expectKept(await up({ presets: ['grpc'], jaegerSettings: [endpoint] }));
  });
});
