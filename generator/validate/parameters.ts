import { Document } from 'yaml';
import { printPointer } from '../config/document.ts';
import { offsetOf } from '../config/find.ts';
import type { Problem } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import { valueAt } from '../text/json-path.ts';
import { type Step, setAt } from '../values/set-flag.ts';
import type { Layer } from './layer.ts';
import { type Fault, readParameter } from './parameter.ts';
import type { ReadDocument } from './read.ts';

/**
 * Values that the `parameters` of an Application set: Argo CD gives each to Helm as `--set name=value`, or as
 * `--set-string` with `forceString`.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-parameters
 * @param helm - path of the source's `helm`
 * @param below - the values that they are set in
 * @param templated - whether a generator fills in `{{ }}`
 */
export function parametersAt(
  read: ReadDocument,
  helm: readonly string[],
  below: JsonObject,
  templated: boolean,
): { layer?: Layer; problems: Problem[] } {
  const list = valueAt(read.data, [...helm, 'parameters']);
  const { file } = read.source;
  const place = (index: number, field: string) => [...helm, 'parameters', String(index), field];
  const positionOf = (path: readonly string[]) => read.positionAt(offsetOf(read.document, path));
  const problem = (index: number, { field, message }: Fault): Problem => {
    const path = place(index, field);
    return { code: 'not-allowed', file, position: positionOf(path), pointer: printPointer(path), message };
  };

  const items = (Array.isArray(list) ? (list as unknown[]) : []).map((item, index) => ({
    index,
    ...readParameter(item, templated),
  }));
  const problems = items.flatMap(({ index, fault }) => (fault ? [problem(index, fault)] : []));
  const named = items.flatMap(({ index, setting }) => (setting ? [{ index, ...setting }] : []));
  // Helm has all `--set` before all `--set-string`, in whichever order they are given.
  const settings = named.toSorted((a, b) => Number(a.asString) - Number(b.asString));
  const values = settings.reduce<JsonObject>((into, { index, path, value }) => {
    const set = setAt(into, path, value);
    if (!set) problems.push(problem(index, { field: 'name', message: leadsNowhere(path) }));
    return set ?? into;
  }, below);
  if (settings.length === 0) return { problems };

  const depthOf = (path: readonly string[]) => Math.max(...settings.map((one) => common(path, one.path)));
  const setterOf = (path: readonly string[]) =>
    settings.findLast((one) => common(path, one.path) === depthOf(path))?.index ?? 0;
  return {
    problems,
    layer: {
      file,
      values,
      depthOf,
      positionOf: (path) => positionOf(place(setterOf(path), 'name')),
      // No place of the file has these values as YAML that could be changed.
      text: { document: new Document(), text: '', prefix: [], toFile: () => undefined },
    },
  };
}

const leadsNowhere = (path: readonly Step[]) =>
  `${path.join('.')} leads on from a value that is no map, or no list; Helm's --set ends there with an error`;

/** How many keys of a path a parameter has, all of one below what it sets. */
function common(path: readonly string[], steps: readonly Step[]): number {
  const end = steps.findIndex((step, at) => String(step) !== path[at]);
  return end < 0 ? path.length : end;
}
