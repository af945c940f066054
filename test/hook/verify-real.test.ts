import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { call } from '../../hook/grpc.ts';
import { inCluster } from '../../hook/in-cluster.ts';
import { verify } from '../../hook/verify-run.ts';

/** A program on PATH, or where a variable says. */
function find(variable: string, name: string): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, name));
  return process.env[variable] ?? onPath.find((path) => existsSync(path));
}

const collector = find('OTELCOL_K8S', 'otelcol-k8s');
const jaeger = find('JAEGER', 'jaeger');
const skipped =
  collector && jaeger ? '' : ' (skipped: no otelcol-k8s and jaeger on PATH or in OTELCOL_K8S and JAEGER)';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe.skipIf(skipped)(`verify and the real programs${skipped}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true });
  });

  function start(program: string | undefined, name: string, config: object) {
    const path = join(folder, `${name}.json`);
    writeFileSync(path, JSON.stringify(config));
    children.push(spawn(program ?? '', [`--config=${path}`], { stdio: 'ignore' }));
  }

  const telemetry = { metrics: { level: 'none' } };
  const otlp = (port: number) => ({ otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${port}` } } } });

  test('a span goes in and is found by its id', async () => {
    const [port, jaegerPort, query, grpc] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    start(jaeger, 'jaeger', {
      receivers: otlp(jaegerPort),
      exporters: { jaeger_storage_exporter: { trace_storage: 'memory' } },
      extensions: {
        jaeger_storage: { backends: { memory: { memory: { max_traces: 100 } } } },
        jaeger_query: {
          storage: { traces: 'memory' },
          http: { endpoint: `127.0.0.1:${query}` },
          grpc: { endpoint: `127.0.0.1:${grpc}` },
        },
      },
      service: {
        telemetry,
        extensions: ['jaeger_storage', 'jaeger_query'],
        pipelines: { traces: { receivers: ['otlp'], exporters: ['jaeger_storage_exporter'] } },
      },
    });
    start(collector, 'collector', {
      receivers: otlp(port),
      exporters: { otlp_grpc: { endpoint: `127.0.0.1:${jaegerPort}`, tls: { insecure: true } } },
      service: { telemetry, pipelines: { traces: { receivers: ['otlp'], exporters: ['otlp_grpc'] } } },
    });
    const world = inCluster({}, () => undefined, 25);
    const { code, sentence } = await verify({
      ...world,
      collector: `127.0.0.1:${port}`,
      jaeger: `http://127.0.0.1:${query}`,
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      call,
      fetch,
    });
    expect([code, sentence]).toEqual([0, expect.stringMatching(/^Spans arrive: /)]);
    const answer = await fetch(`http://127.0.0.1:${query}/api/v3/services`);
    expect(await answer.json()).toEqual({ services: ['spacelift-telemetry-test'] });
  });
});
