import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { model } from '../../generator/model.ts';
import { tool } from '../../scripts/tools.mjs';
import { type RenderableChart, renderableChart, temporaryFolder } from '../support/chart.ts';
import { blocks, textOf } from '../support/documents.ts';
import { type FileServer, serveFolder } from '../support/file-server.ts';
import { chosenHelms, type KubernetesObject, parseObjects, template } from '../support/helm.ts';
import { output } from '../support/processes.ts';

interface HelmRelease extends KubernetesObject {
  spec: { valuesFrom: { kind: string; name: string; valuesKey: string }[]; values: object };
}

interface Application extends KubernetesObject {
  spec: {
    source: { repoURL: string; chart: string; helm: { valueFiles: string[]; valuesObject: object } };
    destination: { namespace: string };
  };
}

const [version = '4.3'] = chosenHelms().toReversed();
const folder = temporaryFolder();
let chart: RenderableChart;
let files: FileServer;
beforeAll(async () => {
  chart = await renderableChart();
  files = await serveFolder(process.cwd());
});
afterAll(() => files.close());

/** The example of that name, with what a release will have published replaced by what is here. */
const example = (name: string) => {
  const found = blocks(textOf('docs/gitops.md'), 'yaml').find((block) => block.startsWith(`# ${name}\n`));
  if (found === undefined) throw new Error(`docs/gitops.md has no example ${name}`);
  return found.replaceAll(model.project.files, files.url);
};

const written = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** Renders the chart as both should: with traces in Badger, and a CronJob that reconciles. */
async function expectStack(values: readonly string[]): Promise<void> {
  const { objects } = await template(version, chart.folder, { values, namespace: 'monitoring' });
  const kinds = objects.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['PersistentVolumeClaim', 'CronJob']));
}

test("Flux's example builds, and its presets and values render", async () => {
  written('kustomization.yaml', example('kustomization.yaml'));
  written('release.yaml', example('release.yaml'));
  const objects = parseObjects(await output(await tool('kubectl'), ['kustomize', folder]));
  const of = <Kind extends KubernetesObject>(kind: string) =>
    objects.find((object) => object.kind === kind) as Kind;

  expect(objects.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'HelmRelease', 'OCIRepository']);
  expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['monitoring']));
  const map = of<KubernetesObject & { data: Record<string, string> }>('ConfigMap');
  const { valuesFrom, values } = of<HelmRelease>('HelmRelease').spec;
  const presets = valuesFrom.map(({ kind, name, valuesKey }) => {
    expect({ kind, name }).toEqual({ kind: 'ConfigMap', name: map.metadata.name });
    return written(valuesKey, map.data[valuesKey] ?? '');
  });
  await expectStack([...presets, written('values.json', JSON.stringify(values))]);
});

test("Argo CD's example names the chart, and its presets and values render", async () => {
  const [application] = parseObjects(example('application.yaml')) as Application[];
  const { source, destination } = application?.spec ?? expect.fail('no Application');
  expect(`oci://${source.repoURL}`).toBe(model.project.charts);
  expect(source.chart).toBe(model.chart.name);
  expect(destination.namespace).toBe('monitoring');
  const { valueFiles, valuesObject } = source.helm;
  const presets = valueFiles.map((file) => (file.startsWith('http') ? file : join(chart.folder, file)));
  await expectStack([...presets, written('object.json', JSON.stringify(valuesObject))]);
});

test("Argo CD keeps Badger's claim when it prunes and when it deletes", async () => {
  const values = [join(chart.folder, 'presets/badger.yaml')];
  const { objects } = await template(version, chart.folder, { values });
  const claim = objects.find(({ kind }) => kind === 'PersistentVolumeClaim');
  expect(claim?.metadata.annotations).toMatchObject({
    'helm.sh/resource-policy': 'keep',
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  });
  const all = objects.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}));
  expect(all).not.toContain('argocd.argoproj.io/hook'); // one of these, and every Helm hook is ignored
});

test('every example is YAML', () => {
  const examples = blocks(textOf('docs/gitops.md'), 'yaml');
  expect(examples.length).toBeGreaterThan(3);
  for (const text of examples) {
    for (const { errors } of parseAllDocuments(text)) expect(errors).toEqual([]);
  }
});
