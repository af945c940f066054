import type { Problem } from '../errors.ts';
import { isObject, type JsonObject } from '../text/json.ts';
import { mapAt } from '../text/json-path.ts';
import { valuesAt, valuesInString } from './embedded.ts';
import { chartOf, type Kind, kindOf } from './kind.ts';
import { type Layer, laidOver } from './layer.ts';
import { parametersAt } from './parameters.ts';
import type { ReadDocument } from './read.ts';

/** What is installed together: layers of values, each over those before it. */
export interface Target {
  readonly layers: readonly Layer[];
  /** The generator of an ApplicationSet fills `{{ }}` in: what they stand for is not known. */
  readonly templated?: boolean;
}

/** Everything that the given files ask for. */
export interface Targets {
  readonly targets: readonly Target[];
  readonly configurations: readonly ReadDocument[];
  readonly problems: readonly Problem[];
}

type Sorted = { readonly read: ReadDocument; readonly kind: Kind };

/**
 * Sorts documents into what they install. Values files lie over each other in their order; under each HelmRelease and
 * each Application, as its `valuesFrom` or `valueFiles` would.
 */
export function targetsOf(documents: readonly ReadDocument[], chart: string): Targets {
  const sorted = documents.map((read) => ({ read, kind: kindOf(read.data, read.source) }));
  const of = (kind: Kind) => sorted.flatMap((each) => (each.kind === kind ? [each.read] : []));
  const files = of('values').flatMap((read) => valuesAt(read, []) ?? []);
  const installed = sorted.map((each) => installedBy(each, sorted, files, chart));
  const layered = installed.flatMap(({ targets }) => targets);
  return {
    targets: layered.length > 0 || files.length === 0 ? layered : [{ layers: files }],
    configurations: of('configuration'),
    problems: [
      ...installed.flatMap(({ problems }) => problems),
      ...nothingIn(sorted, installed),
      ...secondValues(of('values')),
    ],
  };
}

type Installed = { readonly targets: readonly Target[]; readonly problems: readonly Problem[] };

function installedBy(
  { read, kind }: Sorted,
  all: readonly Sorted[],
  files: readonly Layer[],
  chart: string,
): Installed {
  const data = isObject(read.data) ? read.data : {};
  switch (kind) {
    case 'HelmRelease': {
      const its = chartOfRelease(data, all);
      if (its !== undefined && its !== chart) return { targets: [], problems: [] };
      const layer = valuesAt(read, ['spec', 'values']);
      return { targets: [{ layers: [...files, ...(layer ? [layer] : [])] }], problems: [] };
    }
    case 'Application':
      return installedByArgo(read, ['spec'], files, chart);
    case 'ApplicationSet': {
      const { targets, problems } = installedByArgo(read, ['spec', 'template', 'spec'], files, chart, true);
      return { targets: targets.map((target) => ({ ...target, templated: true })), problems };
    }
    default:
      return { targets: [], problems: [] };
  }
}

function installedByArgo(
  read: ReadDocument,
  above: readonly string[],
  files: readonly Layer[],
  chart: string,
  templated = false,
): Installed {
  const spec = isObject(read.data) ? mapAt(read.data, ...above) : {};
  const sources = Array.isArray(spec['sources'])
    ? (spec['sources'] as unknown[]).map((source, index) => [source, ['sources', String(index)]] as const)
    : [[spec['source'], ['source']] as const];
  const found = sources.flatMap(([source, path]): Installed[] => {
    if (!isObject(source) || (chartOf(source) ?? chart) !== chart) return [];
    if (chartOf(source) === undefined && !isObject(source['helm'])) return []; // a folder of value files, say
    const helm = [...above, ...path, 'helm'];
    // Argo CD: "valuesObject takes precedence over values".
    const object = valuesAt(read, [...helm, 'valuesObject']);
    const inline = object
      ? { layer: object, problems: [] }
      : valuesInString(read, [...helm, 'values'], templated);
    const below = [...files, ...(inline.layer ? [inline.layer] : [])];
    const parameters = parametersAt(read, helm, laidOver({}, below), templated);
    const layers = [...below, ...(parameters.layer ? [parameters.layer] : [])];
    return [{ targets: [{ layers }], problems: [...inline.problems, ...parameters.problems] }];
  });
  return {
    targets: found.flatMap(({ targets }) => targets),
    problems: found.flatMap(({ problems }) => problems),
  };
}

/** By `chart`, or by the name of a source that stands in one of the files. */
function chartOfRelease(release: JsonObject, all: readonly Sorted[]): string | undefined {
  const spec = mapAt(release, 'spec');
  const chart = chartOf(mapAt(spec, 'chart', 'spec'));
  if (chart !== undefined) return chart;
  const { kind, name } = mapAt(spec, 'chartRef');
  const source = all
    .map(({ read }) => (isObject(read.data) ? read.data : {}))
    .find((object) => object['kind'] === kind && mapAt(object, 'metadata')['name'] === name);
  const url = source && mapAt(source, 'spec')['url'];
  return typeof url === 'string' ? url.split('/').at(-1) : undefined;
}

/** Helm reads the first document of a values file, and no other. */
function secondValues(documents: readonly ReadDocument[]): Problem[] {
  const seen = new Set<string>();
  return documents.flatMap(({ source: { file }, document, data, positionAt }) => {
    const isFirst = !seen.has(file);
    seen.add(file);
    if (isFirst || data === null) return [];
    const message = 'a second YAML document of values, which Helm does not read; write one, or two files';
    return [{ code: 'yaml-syntax', file, position: positionAt(document.range?.[0] ?? 0), message }];
  });
}

/** A file in which there is nothing of this chart is likely the wrong one. */
function nothingIn(sorted: readonly Sorted[], installed: readonly Installed[]): Problem[] {
  const known = sorted.filter(({ kind }, index) => isSomething(kind, installed[index]));
  const useful = new Set(known.map(({ read }) => read.source.file));
  const useless = sorted.filter(({ read }) => !useful.has(read.source.file));
  return [...new Set(useless.map(({ read }) => read.source.file))].flatMap((file) => {
    const documents = useless.filter(({ read }) => read.source.file === file).map(({ read }) => read);
    const [first] = documents;
    if (!first) return [];
    const kinds = [...new Set(documents.map(({ data }) => String((data as JsonObject)['kind'])))].join(', ');
    const message = `holds no values of this chart, but ${kinds}; give a values file, a HelmRelease, an Application or a configuration`;
    const position = first.positionAt(first.document.contents?.range?.[0] ?? 0);
    return [{ code: 'nothing-to-check', file, position, message }];
  });
}

function isSomething(kind: Kind, installed: Installed | undefined): boolean {
  return kind === 'values' || kind === 'configuration' || (installed?.targets.length ?? 0) > 0;
}
