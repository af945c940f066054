/**
 * Servers for the level `integration`: those whose addresses are in the environment, else the programs of a folder
 * beside the clone that start them, where there is such a folder (BACKENDS_FOLDER names another).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ADDRESSES = ['OPENSEARCH_URL', 'CASSANDRA_SERVER', 'KAFKA_BROKER', 'PROMETHEUS_URL'];

/**
 * Where all servers are, no test of the level may be skipped.
 * @returns {{ env: Record<string, string>, reason?: string }}
 */
export function backendsEnvironment() {
  const folder = resolve(process.env['BACKENDS_FOLDER'] ?? '../shared/backends');
  const required = { REQUIRE_INTEGRATION: '1' };
  if (existsSync(join(folder, 'opensearch'))) return { env: { ...required, BACKENDS_FOLDER: folder } };
  if (ADDRESSES.every((name) => process.env[name])) return { env: required };
  if (ADDRESSES.some((name) => process.env[name])) return { env: {} };
  return { env: {}, reason: `without servers: neither BACKENDS_FOLDER nor ${ADDRESSES.join(', ')} is set` };
}
