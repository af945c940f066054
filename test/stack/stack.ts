import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { vi } from 'vitest';
import { type JaegerApi, jaegerApi } from '../support/jaeger.ts';
import { type RunningProcess, start } from '../support/processes.ts';
import {
  type Addresses,
  freeAddresses,
  moveCollector,
  moveJaeger,
  moveQueue,
  moveSampling,
  otherReplica,
} from './addresses.ts';
import { inWordsOf } from './jaeger-words.ts';
import { localArgs, localEnv, type Secrets } from './local.ts';
import { collectorOf, program } from './programs.ts';
import { type Layers, renderStack } from './rendered.ts';

/** Collector and Jaeger as real processes, with the chart's configurations. */
export interface Stack {
  /** Host and port to send spans to. */
  readonly endpoint: string;
  /** What both programs take for the name of their pod. */
  readonly pod: string;
  /** The same of a second collector, where there is one. */
  readonly otherEndpoint: string;
  readonly jaeger: JaegerApi;
  /** Where Jaeger's UI and its HTTP API are. */
  readonly ui: string;
  /** The answer of Jaeger's HTTP API at a path, parsed; nothing for 404. */
  ask(path: string): Promise<unknown>;
  /** The sum of one of the collector's metrics about itself, by the name without its ending; 0 before there is one. */
  collectorMetric(name: string): Promise<number>;
  /** Ends the collector, which sends what it still has unless it is killed, and returns all that it has printed. */
  endCollector(signal?: 'SIGTERM' | 'SIGKILL'): Promise<string>;
  /** Starts the collector again, where it was. */
  startCollector(): Promise<void>;
  /** Bytes that the collector's queue takes on the disk. */
  queueBytes(): Promise<number>;
  /** Ends Jaeger, and returns when it is gone. */
  endJaeger(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts Jaeger again, where it was; with settings for this time. */
  startJaeger(settings?: readonly string[]): Promise<void>;
  /** What both have printed, for a test that failed. */
  logs(): string;
  /** Ends everything and removes its files. */
  end(): Promise<void>;
}

/** What the chart is rendered with, the Secrets that it names, and settings of a program for one test. */
export interface StackOptions extends Layers {
  secrets?: Secrets;
  /** The newer Jaeger in place of the other. */
  jaegerProgram?: 'jaeger' | 'nextJaeger';
  jaegerSettings?: readonly string[];
  collectorSettings?: readonly string[];
  /** A second collector beside the first, which faults are not for. */
  twoCollectors?: boolean;
}

/** Starts both programs and returns when they are ready. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { presets = [], secrets = {} } = options;
  const { jaegerSettings = [], collectorSettings = [], twoCollectors = false } = options;
  const { jaegerProgram = 'jaeger' } = options;
  const addresses = await freeAddresses();
  const chart = await renderStack(options);
  const jaegerConfig = await inWordsOf(program(jaegerProgram), chart.jaeger.config);
  const rendered = { ...chart, jaeger: { ...chart.jaeger, config: jaegerConfig } };
  const folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
  const queue = join(folder, 'queue');
  const replicas = [addresses, ...(twoCollectors ? [otherReplica(addresses)] : [])];
  const configured = await localArgs(rendered, 'collector', folder, secrets);
  const collectorArgs = (replica: Addresses) => [
    ...configured,
    ...moveCollector(replica),
    ...(presets.includes('disk-buffer') ? moveQueue(queue) : []),
    ...(presets.includes('tail-sampling') ? moveSampling(replica, replicas) : []),
    ...collectorSettings,
  ];
  const jaegerArgs = [
    ...(await localArgs(rendered, 'jaeger', folder, secrets)),
    ...moveJaeger(addresses, presets.includes('badger') ? folder : undefined),
    ...jaegerSettings,
  ];

  const started: RunningProcess[] = [];
  async function startReady(name: 'collector' | 'jaeger', args: readonly string[], health: string) {
    const path = program(name === 'jaeger' ? jaegerProgram : collectorOf(rendered.collector));
    const running = start(path, args, { env: localEnv(rendered[name], secrets, basename(folder)) });
    started.push(running);
    await ready(running, health);
    return running;
  }
  const startJaeger = (settings: readonly string[] = []) =>
    startReady('jaeger', [...jaegerArgs, ...settings], `http://${addresses.jaegerHealth}/status`);
  const startCollector = (replica = addresses) =>
    startReady('collector', collectorArgs(replica), `http://${replica.health}`);
  const logs = () => started.map((running) => running.log()).join('\n');
  async function end() {
    await Promise.all(started.map((running) => running.end('SIGKILL')));
    await rm(folder, { recursive: true });
  }

  try {
    let jaeger = await startJaeger();
    let [collector] = (await Promise.all(replicas.map(startCollector))) as [RunningProcess];
    return {
      endpoint: addresses.otlp,
      otherEndpoint: addresses.otherOtlp,
      pod: basename(folder),
      ui: `http://${addresses.query}`,
      jaeger: jaegerApi((path) => get(`http://${addresses.query}${path}`)),
      ask: async (path) => JSON.parse((await get(`http://${addresses.query}${path}`)) ?? 'null'),
      collectorMetric: async (name) => sum(name, (await get(`http://${addresses.metrics}/metrics`)) ?? ''),
      endCollector: async (signal = 'SIGTERM') => {
        await collector.end(signal);
        return collector.log();
      },
      startCollector: async () => {
        collector = await startCollector();
      },
      queueBytes: () => bytesIn(queue),
      endJaeger: (signal) => jaeger.end(signal),
      startJaeger: async (settings) => {
        jaeger = await startJaeger(settings);
      },
      logs,
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function bytesIn(folder: string): Promise<number> {
  const files = await Promise.all((await readdir(folder)).map((name) => stat(join(folder, name))));
  return files.reduce((total, { size }) => total + size, 0);
}

async function get(url: string): Promise<string | undefined> {
  const answer = await fetch(url);
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
  return answer.text();
}

function sum(name: string, metrics: string): number {
  const lines = metrics.split('\n').filter((line) => new RegExp(`^${name}(_total)?[{ ]`).test(line));
  return lines.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
}

/** Returns when a process says that it is healthy; one that ends before is an error with all that it printed. */
export async function ready(running: RunningProcess, health: string): Promise<void> {
  await vi.waitUntil(
    async () => {
      if (running.code() !== undefined) throw new Error(`ended with ${running.code()}\n${running.log()}`);
      return fetch(health).then(
        ({ ok }) => ok,
        () => false,
      );
    },
    { timeout: 60_000, interval: 100 },
  );
}
