import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { program } from '../stack/programs.ts';
import { ready, type StackOptions } from '../stack/stack.ts';
import { send, stackForEach } from '../stack/traffic.ts';
import { freePorts, output, type RunningProcess, start } from '../support/processes.ts';
import { sendMetrics, spanCount } from '../support/spans.ts';
import { callsOf, highestRate, OFTEN, PATIENT, series, total } from './metrics.ts';
import { whyNot } from './servers.ts';
import { freshLoad } from './storage.ts';
import { pinned } from './tools.ts';

/** The flag that the document asks for, and one that makes an answer show what has just come. */
const FLAGS = ['-opentelemetry.usePrometheusNaming', '-search.latencyOffset=1s'];

const victoriaMetrics = await pinned('victoria-metrics');
const missing = await whyNot([], { lacking: victoriaMetrics.lacking });

describe.skipIf(missing)(`VictoriaMetrics as the metrics backend${missing}`, () => {
  const up = stackForEach();
  let folder: string;
  let url: string;
  let running: RunningProcess;

  const serve = async () => {
    const own = [`-httpListenAddr=${new URL(url).host}`, `-storageDataPath=${folder}`];
    running = start(victoriaMetrics.path, [...own, ...FLAGS]);
    await ready(running, `${url}/health`);
  };
  beforeEach(async () => {
    const [port] = await freePorts(1);
    url = `http://127.0.0.1:${port}`;
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
    await serve();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(running.log());
    await running.end('SIGKILL');
    await rm(folder, { recursive: true });
  });
  const restart = async () => {
    await running.end('SIGTERM');
    await serve();
  };

  const configured = (): StackOptions => ({
    config: {
      storage: { badger: {} },
      metrics: { victoriaMetrics: { endpoint: url } },
      spanMetrics: {},
    },
    collectorSettings: [OFTEN],
  });

  test("has Spacelift's metrics, under the sender's address, and again after a restart", async () => {
    const stack = await up(configured());
    const service = `spacelift-drain-${randomUUID().slice(0, 8)}`;
    await output(program('telemetrygen'), sendMetrics(stack.endpoint, service, 100));
    const own = `{__name__=~"gen.*", service_name="${service}"}`;
    await expect.poll(() => series(url, own), PATIENT).toHaveLength(1);
    const before = await series(url, own);
    expect(before[0]?.metric).toMatchObject({ service_name: service, service_instance_id: '127.0.0.1' });
    await restart();
    await expect.poll(() => series(url, own), PATIENT).toHaveLength(1);
    expect(await stack.endCollector()).not.toMatch(/\t(warn|error)\t/);
  });

  test('counts every span once, shows them in the Monitor tab, and again after a restart of all', async () => {
    const stack = await up(configured());
    const load = freshLoad('spacelift-server');
    await send(stack, load);
    await expect.poll(() => total(url, callsOf(load.service)), PATIENT).toBe(spanCount(load));
    await send(stack, load); // a rate is the difference of two numbers
    await expect.poll(() => highestRate(stack, load.service), PATIENT).toBeGreaterThan(0);
    await stack.endJaeger('SIGTERM');
    await restart();
    await stack.startJaeger();
    await expect.poll(() => highestRate(stack, load.service), PATIENT).toBeGreaterThan(0);
  });
});
