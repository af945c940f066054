import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Preset } from '../../generator/features/presets.ts';
import { model, presets, type TelemetryConfig, values } from '../../generator/index.ts';
import { printYaml } from '../../generator/text/yaml.ts';
import { type RenderableChart, renderableChart, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, type KubernetesObject, parseObjects, template } from '../support/helm.ts';

/** Every set of presets in every order. */
function orders(rest: readonly Preset[]): Preset[][] {
  return [
    [],
    ...rest.flatMap((preset) =>
      orders(rest.filter((other) => other !== preset)).map((tail) => [preset, ...tail]),
    ),
  ];
}

/** The configuration that presets in an order stand for: the last of each owner. */
const configOf = (list: readonly Preset[]): TelemetryConfig =>
  Object.assign({}, ...list.map(({ config }) => config));

/**
 * Objects without the backends that no pointer names: those of an earlier preset stay behind and are never opened.
 * The hash in Jaeger's arguments covers them, so it goes too.
 */
function comparable(objects: readonly KubernetesObject[]): string {
  const text = JSON.stringify(
    objects.map((object) => (object.metadata.name === 'user-config' ? withoutSpare(object) : object)),
  );
  return text.replace(/sha-[0-9a-f]{12}/g, 'sha');
}

function withoutSpare(object: KubernetesObject): unknown {
  const [text] = Object.values(object['data'] as Record<string, string>);
  const [config] = parseObjects(text ?? '') as unknown as [
    {
      extensions: {
        jaeger_query: { storage: { traces: string } };
        jaeger_storage: { backends: Record<string, unknown> };
      };
    },
  ];
  const { jaeger_query: query, jaeger_storage: storage } = config.extensions;
  storage.backends = { only: storage.backends[query.storage.traces] };
  return { ...object, data: config };
}

let chart: RenderableChart;
const folder = temporaryFolder();
beforeAll(async () => {
  chart = await renderableChart();
});

describe.each(chosenHelms())('helm %s', (version) => {
  test.each(
    orders(presets).map((list) => [list.map(({ name }) => name).join(' + ') || 'no preset', list] as const),
  )('composes %s to what the generator gives', async (name, list) => {
    const files = list.map((preset) => `chart/presets/${preset.name}.yaml`);
    const rendered = await template(version, chart.folder, { values: files });
    expect(rendered.stderr).toBe('');

    const whole = join(folder, `${version}-${name.replaceAll(' + ', '-')}.yaml`);
    writeFileSync(whole, printYaml(values(configOf(list), model) as never));
    const generated = await template(version, chart.folder, { values: [whole] });
    expect(comparable(rendered.objects)).toBe(comparable(generated.objects));
  });

  test('renders what the first Helm renders', async () => {
    const [first = version] = chosenHelms();
    for (const preset of presets) {
      const options = { values: [`chart/presets/${preset.name}.yaml`] };
      const [own, other] = await Promise.all([
        template(version, chart.folder, options),
        template(first, chart.folder, options),
      ]);
      expect(own.objects).toEqual(other.objects);
    }
  });
});
