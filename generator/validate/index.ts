import { loadConfig } from '../config/load.ts';
import { type Problem, UserError } from '../errors.ts';
import { type Judge, type Judged, judgeTarget } from './judge.ts';
import { readFile } from './read.ts';
import { targetsOf } from './targets.ts';
import type { SourceFile, Verdict } from './verdict.ts';

/** A verdict with what a program needs to mend the files. */
export interface JudgedFiles extends Verdict {
  /** The problems of values. */
  readonly judged: readonly Judged[];
}

/**
 * Checks values files, the values in objects of Flux and Argo CD, and configurations.
 *
 * @param files - values files in the order of Helm's `--values`
 * @returns all problems; of several files at once, since Helm sees them merged
 */
export function validate(files: readonly SourceFile[], judge: Judge): JudgedFiles {
  const read = files.map(readFile);
  const { targets, configurations, problems } = targetsOf(
    read.flatMap(({ documents }) => documents),
    judge.model.chart.name,
  );
  const unreadable = read.flatMap((file) => file.problems);
  // A file that cannot be read leaves out values: what is then said of the others would mislead.
  const judged = unreadable.length > 0 ? [] : targets.flatMap((target) => judgeTarget(target, judge));
  const all = [
    ...unreadable,
    ...problems,
    ...configurations.flatMap(({ source }) => configurationProblems(source)),
    ...judged.map(({ problem }) => problem),
  ];
  return {
    problems: inOrder(once(all), files),
    configurations: [...new Set(configurations.map(({ source }) => source.file))],
    judged,
  };
}

function configurationProblems({ text, file }: SourceFile): readonly Problem[] {
  try {
    loadConfig(text, file);
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

/** Values files under two releases have the same problem twice. */
function once(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function inOrder(problems: readonly Problem[], files: readonly SourceFile[]): Problem[] {
  const place = ({ file, position }: Problem) => [
    files.findIndex((each) => each.file === file),
    position?.line ?? 0,
    position?.column ?? 0,
  ];
  return problems.toSorted((a, b) => {
    const [left, right] = [place(a), place(b)];
    return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}
