import type { Document } from 'yaml';
import { visit } from 'yaml';
import { type OffsetProblem, type Position, readYaml } from '../config/document.ts';
import type { Problem } from '../errors.ts';
import type { SourceFile } from './verdict.ts';

/** One YAML document of a file. */
export interface ReadDocument {
  readonly source: SourceFile;
  readonly document: Document;
  readonly data: unknown;
  readonly positionAt: (offset: number) => Position;
}

/** A text's YAML documents, and what keeps them from being judged. */
export interface ReadText {
  readonly documents: readonly { readonly document: Document; readonly data: unknown }[];
  readonly problems: readonly OffsetProblem[];
  readonly positionOf: (offset: number) => Position;
}

/** Reads a file as Helm does; what cannot be read is a list of problems. */
export function readFile(source: SourceFile): { documents: ReadDocument[]; problems: Problem[] } {
  const { file, text } = source;
  const { documents, problems: found, positionOf } = readText(text);
  const isEmpty = found.length === 0 && documents.every(({ data }) => data === null);
  const message = 'is empty; write values, or `{}` for none';
  const problems = isEmpty ? [{ code: 'nothing-to-check' as const, offset: 0, message }] : found;
  return {
    problems: problems.map(({ offset, ...problem }) => ({ ...problem, file, position: positionOf(offset) })),
    documents: isEmpty ? [] : documents.map((each) => ({ ...each, source, positionAt: positionOf })),
  };
}

/** Reads YAML as Helm does. */
export function readText(text: string): ReadText {
  const { documents, problems, positionOf } = readYaml(text, '1.1');
  const unreadable = (all: readonly OffsetProblem[]) => ({ documents: [], problems: all, positionOf });
  if (text.includes('\0')) {
    const message = 'is not text; give a file of YAML';
    return unreadable([{ code: 'nothing-to-check', offset: text.indexOf('\0'), message }]);
  }
  if (problems.length > 0) return unreadable(problems);
  const read = documents.filter(({ contents }) => contents !== null).map(plain);
  return {
    documents: read,
    problems: read.flatMap(({ document, error }) => [
      ...inexactNumbers(document),
      ...(error ? [{ code: 'yaml-syntax' as const, offset: 0, message: error }] : []),
    ]),
    positionOf,
  };
}

function plain(document: Document): { document: Document; data: unknown; error?: string } {
  try {
    return { document, data: document.toJS() };
  } catch (error) {
    return { document, data: {}, error: `cannot be read: ${(error as Error).message}` };
  }
}

/** Numbers that no program on the way reads as they are written. */
function inexactNumbers(document: Document): OffsetProblem[] {
  const found: OffsetProblem[] = [];
  visit(document, {
    Scalar(_, { value, source = '', range }) {
      if (typeof value !== 'number' || isExact(value, source)) return;
      const message = `the number ${source} is too large to be read as it is written; quote it, or write a smaller one`;
      found.push({ code: 'not-allowed', offset: range?.[0] ?? 0, message });
    },
  });
  return found;
}

function isExact(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false;
  // The shortest digits of a number stand for it too: that is how the generator prints it.
  return !/^[1-9]\d*$/.test(source) || String(value) === source || BigInt(source) === BigInt(value);
}
