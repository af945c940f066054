import { beforeAll, describe, expect, test } from 'vitest';
import { type RenderableChart, renderableChart, STUBS } from '../support/chart.ts';
import { chosenHelms, type KubernetesObject, template } from '../support/helm.ts';
import { alone } from '../support/preset-sets.ts';

const [version = '4.3'] = chosenHelms().toReversed();
const MIRROR = 'registry.example.com:5000/mirror/';

/** An image, by the object whose pods run it, and the Secrets they pull it with. */
interface Pull {
  readonly object: string;
  readonly image: string;
  readonly secrets: string[];
}

interface Pod {
  containers: { image: string }[];
  initContainers?: { image: string }[];
  imagePullSecrets?: { name: string }[];
}

/** Every pod is somewhere below an object, and nothing else has containers. */
function pullsOf(objects: readonly KubernetesObject[]): Pull[] {
  return objects.flatMap(({ kind, metadata, spec }) =>
    podsBelow(spec).flatMap(({ containers, initContainers = [], imagePullSecrets = [] }) =>
      [...containers, ...initContainers].map(({ image }) => ({
        object: `${kind} ${metadata.name}`,
        image,
        secrets: imagePullSecrets.map(({ name }) => name),
      })),
    ),
  );
}

function podsBelow(value: unknown): Pod[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'containers' in value ? [value as Pod] : Object.values(value).flatMap(podsBelow);
}

let chart: RenderableChart;
beforeAll(async () => {
  chart = await renderableChart();
});

const pulls = async (values: readonly string[], set: readonly string[] = []) =>
  pullsOf((await template(version, chart.folder, { values, set })).objects);

const cases: [string, string[]][] = [
  ...alone.map(([title, list]): [string, string[]] => [
    title,
    list.map(({ name }) => `chart/presets/${name}.yaml`),
  ]),
  ['all jobs for indices', ['test/golden/opensearch-rollover/values.yaml']],
];

describe('all images of', () => {
  test.for(cases)('%s come from the one registry, with its login', async ([, values], { skip }) => {
    if (!chart.real) skip(STUBS);
    const own = await pulls(values);
    const mirrored = await pulls([...values, 'test/golden/images/values.yaml']);
    expect(own.length).toBeGreaterThanOrEqual(3);
    for (const { image, secrets } of own) {
      // The name with its registry: what a mirror's name is made of.
      expect(image).toMatch(/^(docker\.io\/jaegertracing|ghcr\.io\/open-telemetry|gcr\.io\/distroless)\//);
      expect(secrets).toEqual([]);
    }
    expect(mirrored).toEqual(
      own.map((pull) => ({ ...pull, image: MIRROR + pull.image, secrets: ['registry-login'] })),
    );
    const byHand = await pulls(values, [`global.imageRegistry=${MIRROR.slice(0, -1)}`]);
    expect(byHand.map(({ image }) => image)).toEqual(mirrored.map(({ image }) => image));
  });
});
