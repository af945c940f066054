import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMPONENT_KINDS } from '../../generator/model.ts';
import { expand, propertyAt } from '../../generator/render/describe.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';
import { currentJaegers, programs, whyNot } from '../stack/programs.ts';
import { everyField } from '../support/field-samples.ts';
import { output, run } from '../support/processes.ts';
import { sampledValues } from '../support/sampled-values.ts';

const COLLECTOR = ['otelcol', 'alternateConfig'];
const JAEGER = ['jaeger', 'userconfig'];

/** Random values of each component. */
const SAMPLES = 8;

type Components = Partial<Record<string, Record<string, Json>>>;

const missing = await whyNot('collector', 'contrib', 'jaeger');
const schema = JSON.parse(await readFile('chart/values.schema.json', 'utf8')) as JsonObject;

const current = await currentJaegers();
const targets = [
  { name: 'otelcol-k8s', path: programs.collector, root: COLLECTOR },
  { name: 'otelcol-contrib', path: programs.contrib, root: COLLECTOR },
  ...current.map((jaeger) => ({ ...jaeger, root: JAEGER })),
].filter(({ path }) => path !== undefined);

test.skipIf(current.length === 0)(
  `a Jaeger is there that knows every field${current.length === 0 ? ' (skipped: none of 2.19 or newer in JAEGER or JAEGER_NEXT)' : ''}`,
  () => expect(current).not.toEqual([]),
);

/** The described components that a program has, with the schema of each. */
async function described(path: string, root: string[]) {
  const printed = parse(await output(path, ['components'])) as Record<string, { name: string }[] | undefined>;
  return COMPONENT_KINDS.flatMap((kind) => {
    const map = expand(schema, propertyAt(schema, [...root, kind]) ?? {});
    const names = new Set((printed[kind] ?? []).map(({ name }) => name));
    return Object.entries((map['properties'] ?? {}) as Record<string, JsonObject>)
      .filter(([type]) => names.has(type))
      .map(([type, node]) => ({ kind, type, node: { ...expand(schema, node), ...node } }));
  });
}

describe.skipIf(missing).each(targets)(`the fields of $name${missing}`, ({ path = '', root }) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What the program cannot read of a configuration. What it can read and finds senseless is no matter here. */
  async function unreadable(components: Components): Promise<string[]> {
    const file = join(folder, 'config.yaml');
    // A lone dollar would begin a variable.
    const text = JSON.stringify(components).replaceAll(/\$(?!\{env:[A-Z_]+\})/g, '$$$$$$$$');
    await writeFile(file, text);
    const { stdout, stderr } = await run(path, ['validate', '--config', file], {
      env: { MY_POD_IP: '127.0.0.1', K8S_NODE_NAME: 'node' },
    });
    const said = stdout + stderr;
    expect(said).toMatch(/at least one pipeline|cannot unmarshal/);
    return /cannot unmarshal|decoding failed/.test(said) ? said.split('\n').filter(Boolean) : [];
  }

  test('are all known to it, each alone', async () => {
    const components: Record<string, Record<string, Json>> = {};
    let fields = 0;
    for (const { kind, type, node } of await described(path, root)) {
      const whole = everyField(schema, node);
      for (const [field, value] of Object.entries(isObject(whole) ? whole : {})) {
        components[kind] = { ...components[kind], [`${type}/${field}`]: { [field]: value } };
        fields++;
      }
    }
    expect(fields).toBeGreaterThan(50);
    expect(await unreadable(components)).toEqual([]);
  });

  test('are of the types that it reads', async () => {
    const components: Record<string, Record<string, Json>> = {};
    for (const { kind, type, node } of await described(path, root)) {
      const part = { ...node, definitions: schema['definitions'] ?? {} };
      const arbitrary = sampledValues(part).filter((value) => !mixes(value));
      const samples = fc.sample(arbitrary, { seed: 1, numRuns: SAMPLES });
      for (const [index, value] of samples.entries())
        components[kind] = { ...components[kind], [`${type}/s${index}`]: withoutVariables(value) };
    }
    expect(await unreadable(components)).toEqual([]);
  });
});

/** With a duration where the environment would have to say one: what is in it no schema knows. */
function withoutVariables(value: Json): Json {
  const text = JSON.stringify(value).replaceAll(/"\$\{env:[^"]*\}"/g, '"1s"');
  return JSON.parse(text) as Json;
}

/**
 * Whether a list has both texts and maps. `transform` takes statements in either form, and not both in one list; a
 * schema whose every part is accepted alone cannot say so.
 */
function mixes(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const children = Object.values(value);
  const kinds = new Set(Array.isArray(value) ? children.map((child) => typeof child) : []);
  return (kinds.has('string') && kinds.has('object')) || children.some(mixes);
}
