import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { presets } from '../../generator/features/index.ts';
import { loadConfig } from '../../generator/index.ts';
import { model } from '../../generator/model.ts';
import { undoCommands } from '../../hook/commands.ts';
import { anchors, blocks, commandUnder, DOCUMENTS, textOf } from '../support/documents.ts';

const { chart, project } = model;
const registry = `${project.charts}/${chart.name}`;

/** First groups of all matches. */
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, group]) => group ?? '');

test('every document is known, so that its commands are run', () => {
  const written = readdirSync('docs').map((name) => `docs/${name}`);
  expect(DOCUMENTS).toEqual(expect.arrayContaining(written));
});

describe.each(DOCUMENTS)('%s', (file) => {
  const text = textOf(file);

  test('links to files and headings that are there', () => {
    const links = found(text, /\]\((?!https?:)([^)]+)\)/g);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(target)) return true;
      return anchor !== undefined && !anchors(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names addresses of this project and this version alone', () => {
    const raw = found(text, /(https:\/\/raw\.githubusercontent\.com\/\S+?)(?=[\s)`]|$)/gm);
    expect(raw.filter((url) => !url.startsWith(`${project.files}/`))).toEqual([]);
    expect(raw.filter((url) => !existsSync(url.slice(project.files.length + 1)))).toEqual([]);
    const charts = found(text, /(oci:\/\/[^\s`]+)/g).filter(
      (url) => !/^oci:\/\/(HOST\/PATH|registry\.example\.com\/charts)$/.test(url),
    );
    expect(charts.filter((url) => url !== registry)).toEqual([]);
    const ours = found(text, /(https:\/\/github\.com\/spacelift-telemetry\/[\w-]+)/g);
    expect(ours.filter((url) => url !== project.repository)).toEqual([]);
    const versions = found(text, /(?:--version|tag:|targetRevision:) (\S+)/g);
    expect(versions.filter((version) => version !== chart.version)).toEqual([]);
  });

  test('names the endpoints as they are', () => {
    const endpoints = found(text, /http:\/\/(spacelift-telemetry-\S+:\d+)/g);
    const { names, ports } = model;
    const namespace = String.raw`\.(NAMESPACE|monitoring)\.svc\.cluster\.local`;
    const endpoint = new RegExp(
      `^(${names.collector}${namespace}:${ports.otlpGrpc}|${names.jaeger}${namespace}:${ports.query})$`,
    );
    expect(endpoints.filter((each) => !endpoint.test(each))).toEqual([]);
  });
});

test.each(DOCUMENTS)('configurations in %s are accepted', (file) => {
  const configs = blocks(textOf(file), 'yaml').filter((block) => block.startsWith('# telemetry.yaml'));
  for (const config of configs) expect(() => loadConfig(config, 'telemetry.yaml')).not.toThrow();
});

test('README says which versions are pinned', () => {
  const pinned = `It pins Jaeger ${model.jaeger.appVersion} and the collector\n${model.collector.appVersion}`;
  expect(textOf('README.md', 'State of the work')).toContain(pinned);
});

test('README has every preset, in the order of the presets', () => {
  const listed = found(textOf('README.md', 'Presets'), /^\| `([\w-]+)` \|/gm);
  expect(listed).toEqual(presets.map(({ name }) => name));
});

test('what undoes the connection by hand is what the hook itself would say', () => {
  const command = commandUnder('docs/troubleshooting.md', 'Put Spacelift back by hand', / patch /);
  const spacelift = { namespace: 'spacelift', secrets: ['spacelift-shared'], deployments: [] };
  const settings = { spacelift } as unknown as Parameters<typeof undoCommands>[0];
  expect(command).toBe(
    undoCommands(
      settings,
      spacelift.secrets.map((name: string) => ({ name, vendor: 'Disabled' })),
    )[0],
  );
});
