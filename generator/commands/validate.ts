import { type Problem, UserError, usageError } from '../errors.ts';
import { loadJudge } from '../library/judge.ts';
import { replaceFile } from '../sink/replace.ts';
import { applyEdits, type Edit, editsFor } from '../validate/fix.ts';
import { validate } from '../validate/index.ts';
import type { Judge } from '../validate/judge.ts';
import { FORMATS, type Format, report } from '../validate/report.ts';
import type { SourceFile } from '../validate/verdict.ts';
import { readInput } from './input.ts';
import type { Outcome } from './outcome.ts';

/** What the command line gives. */
export interface ValidateOptions {
  readonly files: readonly string[];
  readonly format?: string | undefined;
  readonly fix?: boolean | undefined;
}

/** More runs than this and two fixes undo each other, which is a mistake of ours. */
const RUNS = 5;

/** Checks files, and with `fix` mends first what can be mended with certainty. */
export async function validateFiles({ files, format = 'text', fix }: ValidateOptions): Promise<Outcome> {
  if (!isFormat(format)) throw usageError(`--format is one of ${FORMATS.join(', ')}, not "${format}"`);
  if (files.length === 0)
    throw usageError('validate needs a file: values, a HelmRelease, an Application or a configuration');
  if (files.filter((file) => file === '-').length > 1)
    throw usageError('"-" is standard input, which can be read once');
  if (fix && files.includes('-')) throw usageError('--fix writes files, and "-" is none');
  const judge = await loadJudge();
  const { sources, problems: unreadable } = readAll(files);
  // What the others say depends on it: files of values are merged, and an id is renamed in all of them or in none.
  if (unreadable.length > 0) return { stdout: report(unreadable, format, files.length, []), exitCode: 1 };
  const { sources: mended, edits } = fix ? mend(sources, judge) : { sources, edits: [] };
  for (const [index, { file, text }] of mended.entries())
    if (text !== sources[index]?.text) replaceFile(file, text);

  const { problems, configurations } = validate(mended, judge);
  const says = edits.map(({ says }) => says).filter((line) => line !== '');
  const done = format === 'text' ? says.map((line) => `${line}\n`).join('') : '';
  return {
    stdout: done + report(problems, format, files.length, configurations),
    exitCode: problems.some(({ severity }) => severity === undefined) ? 1 : 0,
  };
}

function readAll(files: readonly string[]): { sources: SourceFile[]; problems: Problem[] } {
  const sources: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    try {
      sources.push({ file, text: readInput(file) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { sources, problems };
}

/** A fix may bring the next problem to light, so it goes on until nothing changes. */
function mend(sources: readonly SourceFile[], judge: Judge): { sources: SourceFile[]; edits: Edit[] } {
  let mended = [...sources];
  const edits: Edit[] = [];
  for (let run = 0; run < RUNS; run++) {
    const found = editsFor(validate(mended, judge).judged, judge.base);
    if (found.length === 0) break;
    edits.push(...found);
    mended = mended.map(({ file, text }) => ({
      file,
      text: applyEdits(
        text,
        found.filter((each) => each.file === file),
      ),
    }));
  }
  return { sources: mended, edits };
}

function isFormat(format: string): format is Format {
  return (FORMATS as readonly string[]).includes(format);
}
