import { printProblem } from '../../generator/errors.ts';
import { loadJudge } from '../../generator/library/judge.ts';
import { validate } from '../../generator/validate/index.ts';

/** What the command judges by. */
export const judge = await loadJudge();

/** What the command says of files, by their names: for each problem its text as it is printed. */
export function said(files: Readonly<Record<string, string>>): string[] {
  const sources = Object.entries(files).map(([file, text]) => ({ file, text }));
  return validate(sources, judge).problems.map(printProblem);
}

/** The same, of each the first line alone. */
export function lines(files: Readonly<Record<string, string>>): string[] {
  return said(files).map((text) => text.split('\n')[0] ?? '');
}
