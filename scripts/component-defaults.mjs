/**
 * Makes schema/upstream/component-defaults.json: what each field of a component is while nobody writes it, as the
 * programs print it. The generator puts it into the schema, and the level `config` asks the programs again.
 *
 *     npm run defaults -- otelcol-k8s otelcol-contrib jaeger
 *
 * Each is the path of a program. Of a component that both collectors have, the first one is asked.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { printedDefaults } from './component-defaults/measure.mjs';
import { run, UserError } from './run.mjs';
import { loadSchemas } from './schemas.mjs';

const TARGET = 'schema/upstream/component-defaults.json';

await run(import.meta.url, async ([k8s = '', contrib = '', jaeger = '']) => {
  if (!jaeger) throw new UserError('Give the paths of otelcol-k8s, otelcol-contrib and jaeger.');
  const { components } = await loadSchemas('component-fields');
  const schema = JSON.parse(readFileSync('chart/values.schema.json', 'utf8'));
  const facts = {
    $comment: 'Made by `npm run defaults` from what the programs print. Do not edit.',
    collector: {
      ...byComponent(printedDefaults(contrib, components(schema, 'collector'))),
      ...byComponent(printedDefaults(k8s, components(schema, 'collector'))),
    },
    jaeger: byComponent(printedDefaults(jaeger, components(schema, 'jaeger'))),
  };
  writeFileSync(TARGET, `${JSON.stringify(facts, null, 1)}\n`);
});

/** @param {ReturnType<typeof printedDefaults>} defaults */
function byComponent(defaults) {
  /** @type {Record<string, Record<string, unknown>>} */
  const components = {};
  for (const { field, value } of defaults) {
    const name = field.path.slice(0, 2).join('.');
    components[name] = { ...components[name], [field.path.slice(2).join('.')]: value };
  }
  return components;
}
