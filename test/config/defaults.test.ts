import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { OTHERWISE } from '../../generator/render/component-defaults.ts';
import { components, type Field } from '../../generator/render/component-fields.ts';
import type { JsonObject } from '../../generator/text/json.ts';
import { candidates, changed } from '../../scripts/component-defaults/measure.mjs';
import { currentJaegers, programs, whyNot } from '../stack/programs.ts';
import { setAtStart } from './set-at-start.ts';

const missing = await whyNot('collector', 'contrib', 'jaeger');
const schema = JSON.parse(await readFile('chart/values.schema.json', 'utf8')) as JsonObject;

/** The defaults are those of the pinned Jaeger. Another one has other defaults, and an old one prints none. */
const pinned = (await currentJaegers()).filter(({ isPinned }) => isPinned);

const targets = [
  { name: 'otelcol-k8s', path: programs.collector, program: 'collector' },
  { name: 'otelcol-contrib', path: programs.contrib, program: 'collector' },
  ...pinned.map(({ name, path }) => ({ name, path, program: 'jaeger' as const })),
] as const;

test.skipIf(pinned.length === 0)(
  `the Jaeger is there whose defaults the schema states${pinned.length === 0 ? ' (skipped: no 2.19 in JAEGER or JAEGER_NEXT)' : ''}`,
  () => expect(pinned).toHaveLength(1),
);

describe.skipIf(missing).each(targets.filter(({ path }) => path !== undefined))(
  `the defaults that the schema states for $name${missing}`,
  ({ path = '', program }) => {
    const all = components(schema, program);

    test('change nothing when they are written out', () => {
      const stated = all
        .flatMap(({ fields }) => fields)
        .filter((field) => isStated(field) && !isSection(field));
      const known = new Set(candidates(path, all).map(({ field }) => field));
      const written = stated.filter((field) => known.has(field) && !isExcepted(field));
      expect(written.length).toBeGreaterThan(100);
      const values = written.map((field) => ({ field, value: field.schema['default'] }));
      expect(changed(path, all, values).map(named)).toEqual([]);
    });

    test('are {} for the sections that are on, and none for those that are off', () => {
      const sections = candidates(path, all).filter(({ field }) => isSection(field) && isStated(field));
      expect(sections.length).toBeGreaterThan(20);
      const wrong = sections.filter(({ field, value }) => {
        return !isExcepted(field) && JSON.stringify(value) !== JSON.stringify(field.schema['default']);
      });
      expect(wrong.map(({ field, value }) => `${named(field)}, printed: ${JSON.stringify(value)}`)).toEqual(
        [],
      );
    });

    test('are set at the start only where the program prints none', () => {
      const known = candidates(path, all).filter(({ field }) => isSetAtStart(field));
      const printed = known.filter(({ value }) => Boolean(value) && value !== '0s');
      expect(printed.map(({ field, value }) => `${named(field)}, printed: ${JSON.stringify(value)}`)).toEqual(
        [],
      );
    });
  },
);

const isStated = ({ schema }: Field) => 'default' in schema;
const isSection = ({ opened }: Field) => opened !== undefined;
const named = ({ path, schema }: Field) => `${path.join('.')}: ${JSON.stringify(schema['default'])}`;

const isSetAtStart = ({ path }: Field) =>
  Object.keys(setAtStart).some((end) => `.${path.join('.')}`.endsWith(`.${end}`));

function isExcepted(field: Field): boolean {
  const name = `${field.path.join('.')}.`;
  return isSetAtStart(field) || OTHERWISE.some((section) => name.startsWith(section));
}
