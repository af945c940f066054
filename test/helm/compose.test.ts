import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { model, type TelemetryConfig, values } from '../../generator/index.ts';
import { printYaml } from '../../generator/text/yaml.ts';
import { type RenderableChart, renderableChart, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, type KubernetesObject, parseObjects, template } from '../support/helm.ts';
import { alone, configOf, randomRivals, randomSets } from '../support/preset-sets.ts';

/** Presets alone, and so many random pairs of rivals and random sets in a random order for each Helm. */
const RANDOM = 10;
const cases = [...alone, ...randomRivals(RANDOM), ...randomSets(RANDOM)];

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
  const generated = new Map<string, Promise<string>>();

  /** What the generator's values for a configuration render to. */
  function renderGenerated(config: TelemetryConfig): Promise<string> {
    const key = JSON.stringify(Object.entries(config).sort());
    const made = generated.get(key) ?? renderWhole(config, `${version}-${generated.size}.yaml`);
    generated.set(key, made);
    return made;
  }

  async function renderWhole(config: TelemetryConfig, name: string) {
    const file = join(folder, name);
    writeFileSync(file, printYaml(values(config, model) as never));
    return comparable((await template(version, chart.folder, { values: [file] })).objects);
  }

  test.each(cases)('composes %s to what the generator gives', async (_, list) => {
    const files = list.map((preset) => `chart/presets/${preset.name}.yaml`);
    const rendered = await template(version, chart.folder, { values: files });
    expect(rendered.stderr).toBe('');
    expect(comparable(rendered.objects)).toBe(await renderGenerated(configOf(list)));
  });

  test('renders what the first Helm renders', async () => {
    const [first = version] = chosenHelms();
    for (const [, list] of alone) {
      const options = { values: list.map(({ name }) => `chart/presets/${name}.yaml`) };
      const [own, other] = await Promise.all([
        template(version, chart.folder, options),
        template(first, chart.folder, options),
      ]);
      expect(own.objects).toEqual(other.objects);
    }
  });
});
