/**
 * Makes schema/upstream/components.json: the types of the components in the collector's distributions, and the names
 * that a type had before. A distribution's manifest lists modules; the type of each stands in its metadata, which the
 * registry of OpenTelemetry's ecosystem explorer holds for each release.
 *
 * Both are read from clones, at what the collector's version pins:
 *
 *     node scripts/components.mjs opentelemetry-collector-releases/.git opentelemetry-ecosystem-explorer/.git
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { run, UserError } from './run.mjs';

const TARGET = 'schema/upstream/components.json';
const KINDS = ['receivers', 'processors', 'exporters', 'connectors', 'extensions'];
const DISTRIBUTIONS = { k8s: 'otelcol-k8s', contrib: 'otelcol-contrib' };
const REGISTRIES = ['core', 'contrib'];

/** What the registry does not list: of go.opentelemetry.io/obi (`collector/factory.go`), and of contrib (its metadata.yaml). */
const ELSEWHERE = new Map([
  ['obi', 'obi'],
  ['pebbletailstorageextension', 'pebble_tail_storage'],
]);

/** @typedef {{ name: string, metadata?: { type?: string, deprecated_type?: string } }} Component */

await run(import.meta.url, async (/** @type {string[]} */ [releases = '', registry = '']) => {
  if (!registry)
    throw new UserError('Give the .git of two clones: the releases of the collector, the explorer.');
  const { appVersion: version } = JSON.parse(
    readFileSync('schema/upstream/opentelemetry-collector.json', 'utf8'),
  );
  const tag = `v${version}`;
  const known = metadata(registry, tag);
  const distributions = Object.entries(DISTRIBUTIONS).map(([name, folder]) => {
    const manifest = parse(show(releases, tag, `distributions/${folder}/manifest.yaml`));
    return [name, Object.fromEntries(KINDS.map((kind) => [kind, types(manifest[kind], kind, known)]))];
  });
  const renamed = KINDS.map((kind) => [kind, oldNames(known.get(kind) ?? [])]);
  const facts = {
    version,
    sources: [
      `opentelemetry-collector-releases ${tag}: distributions/*/manifest.yaml`,
      `opentelemetry-ecosystem-explorer: ecosystem-registry/collector/*/${tag}`,
    ],
    ...Object.fromEntries(distributions),
    renamed: Object.fromEntries(renamed),
  };
  writeFileSync(TARGET, `${JSON.stringify(facts, null, 2)}\n`);
});

/** @param {string} registry @param {string} tag @returns {Map<string, Component[]>} */
function metadata(registry, tag) {
  const files = (/** @type {string} */ kind) =>
    REGISTRIES.map((part) => `ecosystem-registry/collector/${part}/${tag}/${kind.slice(0, -1)}.yaml`);
  return new Map(
    KINDS.map((kind) => [
      kind,
      files(kind).flatMap((path) => parse(show(registry, 'HEAD', path)).components ?? []),
    ]),
  );
}

/**
 * @param {{ gomod: string }[]} modules
 * @param {string} kind
 * @param {Map<string, Component[]>} known
 */
function types(modules, kind, known) {
  return modules
    .map(({ gomod }) => {
      const name = gomod.split(' ')[0]?.split('/').at(-1) ?? '';
      const listed = known.get(kind)?.find((component) => component.name === name)?.metadata?.type;
      const type = listed ?? ELSEWHERE.get(name);
      if (!type) throw new UserError(`The registry has no type of ${gomod}.`);
      return type;
    })
    .toSorted();
}

/** @param {Component[]} components */
function oldNames(components) {
  const renamed = components.flatMap(({ metadata }) =>
    metadata?.deprecated_type ? [[metadata.deprecated_type, metadata.type]] : [],
  );
  return Object.fromEntries(renamed.toSorted());
}

/** @param {string} repository @param {string} commit @param {string} path */
function show(repository, commit, path) {
  const args = ['--git-dir', repository, 'show', `${commit}:${path}`];
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
