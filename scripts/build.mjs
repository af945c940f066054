/**
 * Bundles the programs of hook/ first, since the generator puts them into the chart, then the CLI and the library, each
 * one file: a start-up without a tree of modules to load. The check of a values file is a file of its own beside the CLI,
 * which loads it when it is asked for.
 */
import { chmodSync, copyFileSync } from 'node:fs';
import { build } from 'esbuild';
import { writeHook } from './hook-bundle.mjs';
import { rawText } from './raw-text.mjs';
import { VALUES_VALIDATOR, writeValuesValidator } from './validator.mjs';

/** @type {import('esbuild').Plugin} */
const beside = {
  name: 'beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/validate-values\.js$/ }, () => ({ path: './validate-values.js', external: true }));
  },
};

await writeHook();
await writeValuesValidator();

await build({
  entryPoints: ['generator/cli.ts', 'generator/index.ts'],
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Less text to compile at each start; names stay, so that a stack can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  // Handlebars is CommonJS and asks for node:fs when it is loaded; ESM has no require of its own.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  plugins: [rawText, beside],
  logLevel: 'warning',
});
copyFileSync(VALUES_VALIDATOR, 'dist/validate-values.js');
chmodSync('dist/cli.js', 0o755);
