import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMPONENT_KINDS } from '../../generator/model.ts';
import facts from '../../schema/upstream/components.json' with { type: 'json' };
import { collectorOf, program, whyNot } from '../stack/programs.ts';
import { renderStack } from '../stack/rendered.ts';
import { alone } from '../support/preset-sets.ts';
import { output } from '../support/processes.ts';

type Configuration = Partial<Record<(typeof COMPONENT_KINDS)[number], Record<string, unknown>>>;
type Components = Record<(typeof COMPONENT_KINDS)[number], { name: string }[] | undefined>;

/** Types of the components of a configuration, each as `KIND NAME`; an id is a type and perhaps a name of its own. */
function used(config: string): string[] {
  const parsed = parse(config) as Configuration;
  return COMPONENT_KINDS.flatMap((kind) =>
    Object.keys(parsed[kind] ?? {}).map((id) => `${kind} ${id.split('/')[0]}`),
  );
}

/** Types that a program has, by the names that it does not call deprecated. */
async function provided(path: string): Promise<string[]> {
  const components = parse(await output(path, ['components'])) as Components;
  return COMPONENT_KINDS.flatMap((kind) => (components[kind] ?? []).map(({ name }) => `${kind} ${name}`));
}

const missing = await whyNot('collector', 'contrib', 'jaeger');

describe.skipIf(missing)(`components${missing}`, () => {
  test.each(['k8s', 'contrib'] as const)(
    'the list of %s has what the program prints',
    async (distribution) => {
      const printed = await provided(program(distribution === 'k8s' ? 'collector' : 'contrib'));
      const listed = COMPONENT_KINDS.flatMap((kind) =>
        facts[distribution][kind].map((type) => `${kind} ${type}`),
      );
      expect(printed.length).toBeGreaterThan(10);
      expect(printed.filter((component) => !listed.includes(component))).toEqual([]);
    },
  );

  test.each(['collector', 'contrib', 'jaeger'] as const)('%s has all that are used', async (name) => {
    const there = await provided(program(name));
    const stacks = await Promise.all(
      alone.map(([, list]) => renderStack({ presets: list.map(({ name }) => name) })),
    );
    const configs = stacks.flatMap(({ collector, jaeger }) => {
      if (name === 'jaeger') return [jaeger.config];
      return collectorOf(collector) === name ? [collector.config] : [];
    });
    const wanted = configs.flatMap(used);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((component) => !there.includes(component))).toEqual([]);
  });
});
