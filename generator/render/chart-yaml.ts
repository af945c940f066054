import { createHash } from 'node:crypto';
import type { Dependency } from '../config/pins.ts';
import type { Model } from '../model.ts';
import chartYamlTemplate from '../templates/Chart.yaml.hbs?raw';
import { banner } from '../text/banner.ts';
import { renderTemplate } from '../text/handlebars.ts';
import { printYaml } from '../text/yaml.ts';
import type { ChartFile } from './chart-file.ts';

/** Chart.yaml, and the Chart.lock that `helm dependency build` checks it against. */
export function chartYaml(model: Model): ChartFile[] {
  const dependencies = [model.jaeger, model.collector];
  const facts = { ...model, dependencies };
  return [
    {
      path: 'Chart.yaml',
      content: banner('hash') + renderTemplate('Chart.yaml.hbs', chartYamlTemplate, facts),
    },
    { path: 'Chart.lock', content: banner('hash') + chartLock(dependencies) },
  ];
}

/**
 * The lock of exact versions, without the time that Helm would put in, so that equal inputs give equal bytes.
 *
 * The digest is Helm's: sha256 of the JSON of both lists, what is required and what is locked, in the order of
 * Go's struct fields (helm v3 and v4, `internal/resolver/resolver.go`, HashReq).
 */
function chartLock(dependencies: readonly Dependency[]): string {
  const required = dependencies.map(({ name, version, repository, alias }) => ({
    name,
    version,
    repository,
    ...(alias !== undefined && { alias }),
  }));
  const locked = dependencies.map(({ name, version, repository }) => ({ name, version, repository }));
  const hash = createHash('sha256')
    .update(goJson([required, locked]))
    .digest('hex');
  return printYaml({ dependencies: locked.map((entry) => ({ ...entry })), digest: `sha256:${hash}` });
}

/** JSON as Go's encoder writes it: it escapes the three characters that mean something in HTML. */
function goJson(value: unknown): string {
  const escapes: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return JSON.stringify(value).replace(/[<>&]/g, (character) => escapes[character] ?? character);
}
