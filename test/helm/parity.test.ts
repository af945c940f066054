import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { baseValues, merge, model } from '../../generator/index.ts';
import type { Json, JsonObject } from '../../generator/text/json.ts';
import { compileShipped } from '../schema/verdicts.ts';
import { temporaryFolder } from '../support/chart.ts';
import { chosenHelms, type HelmVersion, helm } from '../support/helm.ts';
import { type Mutation, mutations } from '../support/mutations.ts';
import { sampledValues } from '../support/sampled-values.ts';

const WANTED = Number(process.env['PARITY_CASES'] ?? 200);
const SEED = Number(process.env['PARITY_SEED'] ?? 1);

/** Files in one run of Helm: more of them make its message longer than a pipe of ours holds. */
const BATCH = 500;

type Case = { readonly values: Json } & Partial<Mutation>;

const schema = JSON.parse(readFileSync('chart/values.schema.json', 'utf8')) as JsonObject;
const validate = compileShipped();
const cases = drawn();

/** Files that are right, and every mistake in each of their keys, all laid over the base; a null stays, for the schema. */
function drawn(): Case[] {
  const all: Case[] = [];
  const base: object = baseValues(model);
  const merged = (values: Json): Json => merge(base, values as object) as Json;
  // Enough for all: the first of a seed stay the same, however many are wanted.
  for (const values of fc.sample(sampledValues(schema), { seed: SEED, numRuns: WANTED })) {
    // A file that is right alone may stand beside a part of the base that it excludes: a second type of a backend.
    if (!validate(merged(values))) continue;
    const wrong = mutations(schema, values).map((one) => ({ ...one, values: merged(one.values) }));
    all.push({ values: merged(values) }, ...wrong);
    if (all.length >= WANTED) break;
  }
  return all;
}

/** The shipped schema for many files at once, each under a key of its own: compiling it is what takes long. */
function chartOfMany(): string {
  const folder = temporaryFolder();
  const { $schema, definitions, ...values } = schema;
  const many = {
    $schema,
    definitions: { ...(definitions as JsonObject), Values: values },
    patternProperties: { '^c[0-9]+$': { $ref: '#/definitions/Values' } },
  };
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), '{apiVersion: v2, name: many, version: 0.0.0}');
  writeFileSync(join(folder, 'values.schema.json'), JSON.stringify(many));
  return folder;
}

/** What Helm says of each case: its lines, without the key that the case is under. */
async function verdicts(version: HelmVersion, folder: string): Promise<string[][]> {
  const said = cases.map((): string[] => []);
  for (let first = 0; first < cases.length; first += BATCH) {
    const batch = cases.slice(first, first + BATCH);
    const file = join(folder, `${version}-${first}.json`);
    writeFileSync(
      file,
      JSON.stringify(Object.fromEntries(batch.map(({ values }, i) => [`c${first + i}`, values]))),
    );
    const { stderr } = await helm(version, ['template', 'many', folder, '--values', file]);
    for (const line of stderr.split('\n')) {
      const [, index, rest] = /^\s*- (?:at '\/)?c(\d+)(.*)$/.exec(line) ?? [];
      if (index !== undefined) said[Number(index)]?.push(rest ?? '');
    }
  }
  return said;
}

/** Whether a line of Helm has the place of a mistake, and the key that is unknown. */
function names(line: string, { pointer = '', key }: Case): boolean {
  const dotted = pointer.replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const isPlace = line.startsWith(`${pointer}': `) || line.startsWith(`${dotted}: `);
  return isPlace && (key === undefined || line.includes(key));
}

test(`${cases.length} files (seed ${SEED}) are judged by ajv as they should be`, () => {
  expect(cases.length).toBeGreaterThanOrEqual(WANTED);
  const wrong = cases.flatMap((one): object[] => {
    const isRight = validate(one.values);
    if (one.mistake === undefined) return isRight ? [] : (validate.errors ?? []);
    const found = (validate.errors ?? []).some(
      ({ instancePath, params }) =>
        instancePath === one.pointer &&
        (one.key === undefined || params['additionalProperty'] === one.key || params['limit'] !== undefined),
    );
    return found ? [] : [{ ...one, values: undefined, errors: validate.errors }];
  });
  expect(wrong).toEqual([]);
});

describe.each(chosenHelms())('helm %s', (version) => {
  let said: string[][];
  beforeAll(async () => {
    said = await verdicts(version, chartOfMany());
  });

  test('judges all of them as ajv does, and names the place', () => {
    const disagreements = cases.flatMap((one, index) => {
      const lines = said[index] ?? [];
      const agrees = one.mistake === undefined ? lines.length === 0 : lines.some((line) => names(line, one));
      return agrees ? [] : [{ ...one, values: undefined, lines }];
    });
    expect(disagreements).toEqual([]);
  });
});
