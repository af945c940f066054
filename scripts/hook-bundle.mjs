/**
 * Bundles the programs of hook/ for the chart: one file each, to be read by whoever wants to know what runs
 * in the cluster, so nothing is shortened. Run as a program it writes them to dist/hook/.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { run } from './run.mjs';

/** @typedef {'connect.mjs' | 'disconnect.mjs' | 'verify.mjs'} ScriptName */

const FOLDER = 'dist/hook';

/** @type {readonly ScriptName[]} */
const NAMES = ['connect.mjs', 'disconnect.mjs', 'verify.mjs'];

/**
 * Bundles the programs.
 * @returns {Promise<Record<ScriptName, string>>} their text, by the name of their file
 */
export async function bundleHook() {
  const { outputFiles } = await build({
    entryPoints: NAMES.map((name) => `hook/${name.replace('.mjs', '.ts')}`),
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Nothing but Node itself: what is not bundled would have to be in the image.
    packages: 'bundle',
    charset: 'utf8',
    write: false,
    logLevel: 'warning',
  });
  const texts = outputFiles.map(({ path, text }) => [path.split('/').at(-1), text]);
  return Object.fromEntries(texts);
}

/** Writes them to dist/hook/. */
export async function writeHook() {
  await mkdir(FOLDER, { recursive: true });
  for (const [name, text] of Object.entries(await bundleHook())) await writeFile(`${FOLDER}/${name}`, text);
}

await run(import.meta.url, writeHook);
