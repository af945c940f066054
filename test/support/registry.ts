import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { tool } from '../../scripts/tools.mjs';
import { freePorts, type RunningProcess, start } from './processes.ts';

/** The media type by which a registry gives a manifest as it is. */
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** What a registry has under a tag. */
export interface StoredChart {
  /** The digest that the registry names. */
  readonly digest: string;
  /** The manifest, byte by byte. */
  readonly manifest: string;
}

/** The CNCF's registry on the loopback: without a login, without TLS, in memory. */
export interface Registry {
  /** `oci://127.0.0.1:PORT` */
  readonly address: string;
  stored(repository: string, tag: string): Promise<StoredChart>;
  stop(): Promise<void>;
}

/**
 * Starts a registry and returns when it answers.
 *
 * @param folder - where its configuration is written
 */
export async function startRegistry(folder: string): Promise<Registry> {
  const [port = 0] = await freePorts(1);
  const config = join(folder, 'registry.yaml');
  const http = { addr: `127.0.0.1:${port}` };
  writeFileSync(config, JSON.stringify({ version: 0.1, storage: { inmemory: {} }, http }));
  const server = start(await tool('registry'), ['serve', config], {
    env: { OTEL_TRACES_EXPORTER: 'none' },
  });
  const base = `http://127.0.0.1:${port}/v2/`;
  await vi.waitUntil(() => answers(base, server), { timeout: 30_000, interval: 50 });
  return {
    address: `oci://127.0.0.1:${port}`,
    async stored(repository, tag) {
      const response = await fetch(`${base}${repository}/manifests/${tag}`, {
        headers: { accept: MANIFEST },
      });
      if (!response.ok) throw new Error(`${repository}:${tag}: ${response.status} ${await response.text()}`);
      return {
        digest: response.headers.get('docker-content-digest') ?? '',
        manifest: await response.text(),
      };
    },
    stop: () => server.end('SIGTERM'),
  };
}

async function answers(url: string, server: RunningProcess): Promise<boolean> {
  if (server.code() !== undefined) throw new Error(server.log());
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
