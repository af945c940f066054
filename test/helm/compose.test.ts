import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { model, type TelemetryConfig, values } from '../../generator/index.ts';
import { printYaml } from '../../generator/text/yaml.ts';
import { type RenderableChart, renderableChart, temporaryFolder } from '../support/chart.ts';
import {
  chosenHelms,
  type HelmVersion,
  type KubernetesObject,
  parseObjects,
  template,
} from '../support/helm.ts';
import { alone, configOf, type PresetList, randomRivals, randomSets } from '../support/preset-sets.ts';

/** Presets alone, and so many random pairs of rivals and random sets in a random order for each Helm. */
const RANDOM = 6;
const cases = [...alone, ...randomRivals(RANDOM), ...randomSets(RANDOM)];

/**
 * Objects without what no list or pointer names: a backend or a component of an earlier preset stays behind and is never
 * opened. Hashes cover it, so they go too.
 */
function comparable(objects: readonly KubernetesObject[]): string {
  const text = JSON.stringify(
    objects.map((object) => {
      const [trimmed] = [withoutSpareBackends, withoutSpareComponents].flatMap((trim) => trim(object) ?? []);
      return trimmed ?? object;
    }),
  );
  return text
    .replace(/sha-[0-9a-f]{12}/g, 'sha')
    .replace(/"checksum\/config":"[0-9a-f]+"/g, '"checksum/config"');
}

/** The one configuration in a ConfigMap. */
function configIn(object: KubernetesObject): unknown {
  const [text] = Object.values(object['data'] as Record<string, string>);
  return parseObjects(text ?? '')[0];
}

function withoutSpareBackends(object: KubernetesObject): unknown {
  if (object.metadata.name !== 'user-config') return undefined;
  const config = configIn(object) as {
    extensions: {
      jaeger_query: { storage: { traces: string } };
      jaeger_storage: { backends: Record<string, unknown> };
    };
  };
  const { jaeger_query: query, jaeger_storage: storage } = config.extensions;
  storage.backends = { only: storage.backends[query.storage.traces] };
  return { ...object, data: config };
}

function withoutSpareComponents(object: KubernetesObject): unknown {
  if (object.kind !== 'ConfigMap' || !object.metadata.name.startsWith(model.names.collector))
    return undefined;
  const { service, ...kinds } = configIn(object) as { service: CollectorService; [kind: string]: object };
  const used = [
    ...Object.values(service.pipelines).flatMap((pipeline) => Object.values(pipeline)),
    service.extensions,
  ];
  const names = new Set(used.flat());
  const components = Object.entries(kinds).map(([kind, all]) => {
    return [kind, Object.fromEntries(Object.entries(all).filter(([id]) => names.has(id)))];
  });
  return { ...object, data: { service, ...Object.fromEntries(components) } };
}

interface CollectorService {
  extensions: string[];
  pipelines: Record<string, Record<string, string[]>>;
}

let chart: RenderableChart;
const folder = temporaryFolder();
beforeAll(async () => {
  chart = await renderableChart();
});

const rendered = new Map<string, ReturnType<typeof template>>();

/** What presets in an order render to; the same promise for the same question, which two tests ask. */
function renderPresets(version: HelmVersion, list: PresetList) {
  const files = list.map(({ name }) => `chart/presets/${name}.yaml`);
  const key = [version, ...files].join(' ');
  const made = rendered.get(key) ?? template(version, chart.folder, { values: files });
  rendered.set(key, made);
  return made;
}

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
    const { objects, stderr } = await renderPresets(version, list);
    expect(stderr).toBe('');
    expect(comparable(objects)).toBe(await renderGenerated(configOf(list)));
  });

  test('renders what the first Helm renders', async () => {
    const [first = version] = chosenHelms();
    for (const [, list] of alone) {
      const [own, other] = await Promise.all([renderPresets(version, list), renderPresets(first, list)]);
      expect(own.objects).toEqual(other.objects);
    }
  });
});
