import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { transform } from 'esbuild';
import { loadSchemas } from './schemas.mjs';

/** Where the check of a values file is: too large for git, and for a start-up that does not need it. */
export const VALUES_VALIDATOR = 'schema/types/validate-values.js';

/**
 * The check of a schema as code, since compiling the schema at each start takes longer than everything else.
 *
 * @param {object} schema
 */
export function validator(schema) {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    code: { source: true, esm: true },
    allowUnionTypes: true,
    keywords: ['tsType'],
  });
  const code = standaloneCode.default(ajv, ajv.compile(structuredClone(schema)));
  if (code.includes('require(')) throw new Error('the check needs a module at run time; avoid that keyword');
  return code;
}

/** Writes the check of a values file, unless it is that of this schema already: it takes seconds to make. */
export async function writeValuesValidator() {
  const { valuesSchemaSource } = await loadSchemas('schemas');
  const hash = createHash('sha256').update(JSON.stringify(valuesSchemaSource)).digest('hex');
  const mark = `// @ts-nocheck ${hash}\n`;
  const present = await readFile(VALUES_VALIDATOR, 'utf8').catch(() => '');
  if (present.startsWith(mark)) return;
  const { code } = await transform(validator(valuesSchemaSource), { minify: true });
  await mkdir('schema/types', { recursive: true });
  await writeFile(VALUES_VALIDATOR, `${mark}${code}`);
}
