import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { $ as shell } from 'zx';
import { CACHE } from './cache.mjs';
import { schemasByFile } from './kubernetes-schemas/convert.mjs';
import { run, UserError } from './run.mjs';
import { tool } from './tools.mjs';

const FOLDER = join(CACHE, 'kubernetes-schemas');
const MAKE = 'run `node scripts/kubernetes-schemas.mjs` with KUBECONFIG set to a cluster';

/** A small file of the place that kubeconform calls `default`. */
const PROBE =
  'https://raw.githubusercontent.com/yannh/kubernetes-json-schema/master/master-standalone-strict/lease-coordination-v1.json';

/**
 * Where kubeconform finds the schemas of Kubernetes: those of the newest version that were made on this machine,
 * else its own on the network. With neither, `args` is undefined and `reason` says why and what to do.
 * @returns {Promise<{ args: string[], reason: string } | { args: undefined, reason: string }>}
 */
export async function schemaLocations() {
  const versions = await readdir(FOLDER).catch(() => []);
  const newest = versions
    .filter((name) => /^v[\d.]+$/.test(name))
    .sort(byVersion)
    .at(-1);
  if (newest !== undefined) {
    const location = join(FOLDER, newest, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
    return { args: ['-strict', '-schema-location', location], reason: `made from Kubernetes ${newest}` };
  }
  const reached = await fetch(PROBE, { method: 'HEAD', signal: AbortSignal.timeout(10_000) }).catch(
    () => undefined,
  );
  if (reached?.ok) return { args: ['-strict', '-schema-location', 'default'], reason: 'from the network' };
  return {
    args: undefined,
    reason: `No Kubernetes schemas in ${FOLDER}, and none from the network: ${MAKE}.`,
  };
}

/**
 * @param {string} a
 * @param {string} b
 */
const byVersion = (a, b) => a.localeCompare(b, 'en', { numeric: true });

/** @param {string} path */
async function get(path) {
  const { exitCode, stdout, stderr } = await shell({
    nothrow: true,
    quiet: true,
  })`${await tool('kubectl')} get --raw ${path}`;
  if (exitCode === 0) return JSON.parse(stdout);
  throw new UserError(`The API server did not give ${path}: ${stderr.trim()}\nTo make schemas, ${MAKE}.`);
}

await run(import.meta.url, async () => {
  const { gitVersion } = await get('/version');
  const version = /^v\d+\.\d+\.\d+/.exec(gitVersion)?.[0];
  if (version === undefined) throw new Error(`${gitVersion} is not a version`);
  const schemas = schemasByFile(await get('/openapi/v2'));
  const [folder, made] = [join(FOLDER, version), join(FOLDER, `.new-${process.pid}`)];
  await mkdir(made, { recursive: true });
  for (const [file, schema] of schemas) await writeFile(join(made, file), JSON.stringify(schema));
  await rm(folder, { recursive: true, force: true });
  await rename(made, folder);
  console.log(`${folder} (${schemas.size} kinds)`);
});
