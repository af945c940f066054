import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * @typedef {typeof import('../generator/render/schemas.ts')} Sources
 * @typedef {typeof import('../generator/render/config-schema.ts')} Published
 * @typedef {typeof import('../generator/render/modeline.ts')} Addresses
 * @typedef {typeof import('../generator/render/wrapper-schemas.ts')} Wrappers
 * @typedef {typeof import('../generator/render/component-fields.ts')} Fields
 */

/**
 * The schemas, as the generator puts them together.
 *
 * @param {...string} modules of generator/render
 * @returns {Promise<Sources & Published & Addresses & Wrappers & Fields>}
 */
export async function loadSchemas(...modules) {
  // A file and not a data URL: an error in it then has a stack that can be read.
  const outfile = 'dist/schemas.js';
  await build({
    stdin: {
      contents: modules.map((name) => `export * from './${name}.ts';`).join('\n'),
      resolveDir: 'generator/render',
    },
    bundle: true,
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}
