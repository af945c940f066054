import { printPointer } from '../config/document.ts';
import { explain } from '../config/explain.ts';
import { writtenAt } from '../config/find.ts';
import { paste } from '../config/remedy.ts';
import type { LocatedProblem, SchemaViolation } from '../config/violation.ts';
import type { Problem } from '../errors.ts';
import type { Model } from '../model.ts';
import type { JsonObject } from '../text/json.ts';
import { valueAt } from '../text/json-path.ts';
import { hasGap } from './gaps.ts';
import { type Layer, laidOver } from './layer.ts';
import { contradictions } from './rules/index.ts';
import type { Finding } from './rules/rule.ts';
import type { Target } from './targets.ts';

/** The compiled schema of the values: what is wrong with them, nothing when they are right. */
export type SchemaCheck = (values: unknown) => readonly SchemaViolation[];

/** What the values are judged by. */
export interface Judge {
  readonly schema: SchemaCheck;
  readonly base: JsonObject;
  readonly model: Model;
}

/** A problem of the values with the layer to mend. */
export interface Judged {
  readonly problem: Problem;
  readonly layer: Layer;
  /** All layers that are installed together with it. */
  readonly layers: readonly Layer[];
  readonly located: LocatedProblem;
}

/** Judges what is installed together, as Helm would: all layers over the chart's own values. */
export function judgeTarget({ layers, templated = false }: Target, { schema, base, model }: Judge): Judged[] {
  const values = laidOver(base, layers);
  const isGiven = (path: readonly string[]) => layers.some((layer) => layer.depthOf(path) === path.length);
  const written = (path: readonly string[]) => {
    const text = responsible(layers, path)?.text;
    return text && writtenAt(text.document, [...text.prefix, ...path]);
  };
  const violations = explain(schema(values), written);
  const located = violations.length > 0 ? violations : contradictions({ values, model, isGiven }).map(locate);
  return located
    .filter(({ path }) => ![valueAt(values, path), ...path].some((each) => hasGap(each, templated)))
    .flatMap((problem) => {
      const layer = responsible(layers, problem.path);
      return layer ? [{ layer, layers, located: problem, problem: place(problem, layer, values) }] : [];
    });
}

function locate({ message, yaml, code: own, ...finding }: Finding): LocatedProblem {
  const code = own ?? (finding.severity ? 'unused' : 'conflict');
  return yaml === undefined
    ? { code, message, ...finding }
    : { code, message: `${message}:`, yaml, ...finding };
}

function place({ remedy, ...located }: LocatedProblem, layer: Layer, values: JsonObject): Problem {
  const { path, ...problem } = located;
  return {
    ...problem,
    file: layer.file,
    position: layer.positionOf(path),
    pointer: printPointer(path),
    ...(remedy && paste(remedy, values)),
  };
}

/** The layer that has most of the path; of several the last, since it wins. */
function responsible(layers: readonly Layer[], path: readonly string[]): Layer | undefined {
  const [last] = layers.toReversed().toSorted((a, b) => b.depthOf(path) - a.depthOf(path));
  return last;
}
