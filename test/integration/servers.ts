import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { whatMisses } from '../stack/programs.ts';
import { output, run, whySkipped } from '../support/processes.ts';

/** Servers that Jaeger works with, each in the way that its clients write its address. */
const SERVERS = {
  opensearch: { variable: 'OPENSEARCH_URL', started: 'http://127.0.0.1:9200' },
  cassandra: { variable: 'CASSANDRA_SERVER', started: '127.0.0.1:9042' },
  kafka: { variable: 'KAFKA_BROKER', started: '127.0.0.1:9092' },
  prometheus: { variable: 'PROMETHEUS_URL', started: 'http://127.0.0.1:9090' },
} as const;

export type ServerName = keyof typeof SERVERS;

/** The address of a server that already runs, which nobody here starts or stops. */
const running = (name: ServerName) => process.env[SERVERS[name].variable] || undefined;

/**
 * A program `NAME start|stop|status|wipe` in the folder that BACKENDS_FOLDER names, which starts the server on its
 * usual port of the loopback and returns when it answers.
 */
function script(name: ServerName): string | undefined {
  const path = join(process.env['BACKENDS_FOLDER'] ?? '', name);
  return process.env['BACKENDS_FOLDER'] && existsSync(path) ? path : undefined;
}

/** Address of a server, once {@link useServers} has started it. */
export const address = (name: ServerName): string => running(name) ?? SERVERS[name].started;

/** What tests need besides servers, Jaeger and a sender. */
interface Needs {
  /** The distribution of the collector. */
  readonly collector?: 'collector' | 'contrib';
  /** What the machine has not got of what these tests alone need, one phrase each. */
  readonly lacking?: readonly string[];
}

/**
 * Why tests that need this cannot run, for the name of a `describe.skipIf`; nothing when they can. Under
 * REQUIRE_INTEGRATION that is a failure instead.
 */
export async function whyNot(
  servers: readonly ServerName[] = [],
  { collector = 'collector', lacking = [] }: Needs = {},
): Promise<string> {
  const missing = servers
    .filter((name) => running(name) === undefined && script(name) === undefined)
    .map((name) => `no ${name} in ${SERVERS[name].variable} or BACKENDS_FOLDER`);
  const programs = await whatMisses(collector, 'jaeger', 'telemetrygen');
  return whySkipped('integration', [...missing, ...programs, ...lacking], 'REQUIRE_INTEGRATION');
}

/**
 * Starts servers for the tests of a `describe`, and ends them after it with their data. One that somebody else has
 * running is used as it is and left alone, so tests must not count on an empty one.
 */
export function useServers(...servers: ServerName[]): void {
  const ours: string[] = [];
  beforeAll(async () => {
    for (const name of servers) {
      const path = running(name) ? undefined : script(name);
      if (path === undefined || (await run(path, ['status'])).code === 0) continue;
      await output(path, ['wipe']);
      ours.push(path);
      await output(path, ['start']);
    }
  });
  afterAll(async () => {
    for (const path of ours) await output(path, ['wipe']);
  });
}

/** Ends a server and starts it again with what it has stored. One that somebody else has running is left alone. */
export async function restart(name: ServerName): Promise<void> {
  const path = running(name) ? undefined : script(name);
  if (path === undefined) return;
  await output(path, ['stop']);
  await output(path, ['start']);
}
