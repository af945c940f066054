import { validate as judge } from '../validate/index.ts';
import type { SourceFile, Verdict } from '../validate/verdict.ts';
import { loadJudge } from './judge.ts';

/**
 * Checks values files, HelmReleases of Flux, Applications of Argo CD and configurations, as the command `validate` does: by
 * the schema of this version's chart, by the rules that Helm asks too, and by those that it cannot.
 *
 * @param files - their names and texts; values files lie over each other in this order, as Helm's `--values` do, and
 *   below the values of each object
 * @returns every problem with its file, line, column and JSON pointer; none for files that are right. Nothing is
 *   thrown for what is wrong in a file, broken YAML included
 */
export async function validate(files: readonly SourceFile[]): Promise<Verdict> {
  const { problems, configurations } = judge(files, await loadJudge());
  return { problems, configurations };
}
