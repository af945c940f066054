/**
 * A cluster for the dearest levels: the one that KUBECONFIG names, else one that the programs of a folder beside
 * the clone build and start, where there is such a folder (CLUSTER_FOLDER names another).
 */
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { $ as shell, tmpdir } from 'zx';

/**
 * @typedef {object} Cluster
 * @property {Record<string, string>} env what the tests need in their environment
 * @property {string} [reason] why there is no cluster
 * @property {string} [folder] where the programs of a cluster lie that was started here
 */

const $ = shell({ nothrow: true, quiet: true, stdio: ['ignore', 'pipe', 'inherit'] });

/** @returns {Promise<Cluster>} */
export async function clusterEnvironment() {
  if (process.env['KUBECONFIG']) return { env: { REQUIRE_E2E: '1' } };
  const folder = resolve(process.env['CLUSTER_FOLDER'] ?? '../shared/cluster');
  if (!existsSync(join(folder, 'up'))) {
    return { env: {}, reason: 'without a cluster: KUBECONFIG is not set' };
  }
  return start(folder);
}

/**
 * @param {string} folder
 * @returns {Promise<Cluster>}
 */
async function start(folder) {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'st-cluster');
  const env = await programs(folder, cache);
  const built = await $`${join(folder, 'build')} >&2`;
  const up = built.exitCode === 0 ? await $`${join(folder, 'up')}` : built;
  if (up.exitCode !== 0) return { env, reason: 'without a cluster: it could not be built or started' };

  const archives = (await readdir(join(cache, 'images'))).map((name) => join(cache, 'images', name));
  await $`${join(folder, 'load')} ${archives} >&2`;
  const overrides = join(tmpdir(), 'images.yaml');
  // The Jaeger that can be built here; and a digest never matches an image that was loaded from a file.
  const images = { jaeger: { jaeger: { image: { tag: '2.13.0' } } }, hook: { image: { digest: '' } } };
  await writeFile(overrides, JSON.stringify(images));
  const KUBECONFIG = up.stdout.trim();
  await $({ env: { ...process.env, KUBECONFIG } })`node scripts/kubernetes-schemas.mjs >&2`;
  return {
    folder,
    env: {
      ...env,
      KUBECONFIG,
      REQUIRE_E2E: '1',
      E2E_VALUES: overrides,
      E2E_SPACELIFT_IMAGE: 'localhost/spacelift-standin:e2e',
    },
  };
}

/**
 * Builds the images, and with them the programs that the `config` level runs.
 * @param {string} folder
 * @param {string} cache
 * @returns {Promise<Record<string, string>>}
 */
async function programs(folder, cache) {
  const { exitCode } = await $`${join(folder, 'images', 'build')} >&2`;
  if (exitCode !== 0) return {};
  return { REQUIRE_CONFIG: '1', PATH: [process.env['PATH'], join(cache, 'bin')].join(delimiter) };
}

/** @param {Cluster} cluster */
export async function takeDown({ folder }) {
  if (folder) await $`${join(folder, 'down')} >&2`;
}
