import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import { printPointer } from '../config/document.ts';
import { offsetOf } from '../config/find.ts';
import { type Problem, UserError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { valueAt } from '../text/json-path.ts';
import { type ReadDocument, readFile } from '../validate/read.ts';
import type { SourceFile } from '../validate/verdict.ts';
import { merge } from '../values/merge.ts';
import { claimOf } from './claim.ts';
import { collectorRules } from './collector.ts';
import { jaegerRules } from './jaeger.ts';
import type { Rule, Step } from './step.ts';

/** What the values files of the guide's two releases become. */
export interface Migration {
  readonly config: TelemetryConfig;
  /** What a configuration has no words for, as values of this chart; empty for nothing. */
  readonly values: JsonObject;
  /** What never worked, and what is left for a person, each at its place. */
  readonly notes: readonly Problem[];
}

const OF_COLLECTOR = ['mode', 'config', 'alternateConfig', 'command', 'ports', 'image'];
const OF_JAEGER = [
  'allInOne',
  'storage',
  'provisionDataStore',
  'userconfig',
  'jaeger',
  'query',
  'agent',
  'collector',
];

/**
 * Turns values files of the charts jaeger and opentelemetry-collector into a configuration of this chart, as the command
 * `migrate` does. A value that was wrong in the old files stays so: {@link loadConfig} judges the outcome.
 *
 * @param files - their names and texts in any order; the manifest of a claim may be among them
 * @throws {@link UserError} where one is broken YAML, or none of these
 */
export function migrate(files: readonly SourceFile[]): Migration {
  const read = files.map(readFile);
  const problems = read.flatMap((file) => file.problems);
  if (problems.length > 0) throw new UserError(problems);
  const documents = read.flatMap((file) => file.documents).filter(({ data }) => data !== null);
  const steps = documents.flatMap(stepsOf);
  return {
    config: steps.reduce<TelemetryConfig>((config, { step }) => merge(config, step.config ?? {}), {}),
    values: steps.reduce<JsonObject>((values, { step }) => merge(values, step.values ?? {}), {}),
    notes: steps.flatMap(({ step, place }) =>
      step.says === undefined ? [] : [{ ...place, message: step.says }],
    ),
  };
}

interface Placed {
  readonly step: Step;
  readonly place: Omit<Problem, 'message'>;
}

function stepsOf(read: ReadDocument): Placed[] {
  const { data, document, source, positionAt } = read;
  const place = (path: readonly string[], code: Problem['code'] = 'unused') => ({
    code,
    file: source.file,
    position: positionAt(offsetOf(document, path)),
    pointer: printPointer(path),
  });
  const claim = claimOf(data);
  if (claim) return [{ step: claim, place: place([]) }];
  const rules = rulesFor(data);
  if (!isObject(data) || !rules) {
    const message =
      'is neither a values file of the jaeger chart nor one of the opentelemetry-collector chart';
    throw new UserError([{ ...place([], 'nothing-to-check'), message }]);
  }
  return leaves(data, [], rules).map(({ path, rule }) => ({
    place: place(path),
    step: rule
      ? rule.step(valueAt(data, path) as Json, data, path)
      : { says: 'is unknown here and was not taken over; look for it in the reference of the values' },
  }));
}

function rulesFor(data: unknown): readonly Rule[] | undefined {
  if (!isObject(data)) return undefined;
  const has = (keys: readonly string[]) => keys.filter((key) => Object.hasOwn(data, key)).length;
  const [collector, jaeger] = [has(OF_COLLECTOR), has(OF_JAEGER)];
  if (collector === 0 && jaeger === 0) return undefined;
  return collector > jaeger ? collectorRules : jaegerRules;
}

/** Every key that a rule is for, or that none is for, from above: the first rule wins. */
function leaves(
  node: JsonObject,
  above: readonly string[],
  rules: readonly Rule[],
): { path: readonly string[]; rule?: Rule }[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const path = [...above, key];
    const rule = rules.find((each) => matches(each, path));
    if (rule) return [{ path, rule }];
    if (isObject(value) && rules.some((each) => goesOn(each, path))) return leaves(value, path, rules);
    // Nothing is in it that could be missed.
    return value === null || (isObject(value) && Object.keys(value).length === 0) ? [] : [{ path }];
  });
}

function matches(rule: Rule, path: readonly string[]): boolean {
  const keys = rule.path.split('.');
  return keys.length === path.length && keys.every((key, index) => key === '*' || key === path[index]);
}

/** Whether a rule is for something below the path. */
function goesOn(rule: Rule, path: readonly string[]): boolean {
  const keys = rule.path.split('.');
  return keys.length > path.length && path.every((key, index) => keys[index] === '*' || keys[index] === key);
}
