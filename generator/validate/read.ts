import type { Document } from 'yaml';
import { isScalar, visit } from 'yaml';
import { type Position, readYaml, type YamlText } from '../config/document.ts';
import type { Problem } from '../errors.ts';

/** A file as the user named it, and its text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** One YAML document of a file. */
export interface ReadDocument {
  readonly source: SourceFile;
  readonly document: Document;
  readonly data: unknown;
  readonly positionAt: (offset: number) => Position;
}

/** Reads a file as Helm does; what cannot be read is a list of problems. */
export function readFile(source: SourceFile): { documents: ReadDocument[]; problems: Problem[] } {
  const { file, text } = source;
  const at = (offset: number, problem: Omit<Problem, 'file' | 'position'>, yaml: YamlText): Problem => ({
    ...problem,
    file,
    position: yaml.positionOf(offset),
  });
  const yaml = readYaml(text, '1.1');
  if (text.includes('\0')) {
    const message = 'is not text; give a file of YAML';
    return { documents: [], problems: [at(text.indexOf('\0'), { code: 'nothing-to-check', message }, yaml)] };
  }
  const problems = yaml.problems.map(({ offset, ...problem }) => at(offset, problem, yaml));
  if (problems.length > 0) return { documents: [], problems };
  const documents = yaml.documents.filter(({ contents }) => contents !== null);
  if (documents.every(({ contents }) => isScalar(contents) && contents.value === null)) {
    const message = 'is empty; write values, or `{}` for none';
    return { documents: [], problems: [at(0, { code: 'nothing-to-check', message }, yaml)] };
  }
  const numbers = documents.flatMap((document) =>
    inexactNumbers(document).map(({ offset, ...problem }) => at(offset, problem, yaml)),
  );
  const read = documents.map((document) => plain(document));
  const bombs = read.flatMap(({ error }) =>
    error ? [at(0, { code: 'yaml-syntax', message: error }, yaml)] : [],
  );
  return {
    problems: [...numbers, ...bombs],
    documents: read.map(({ document, data }) => ({ source, document, data, positionAt: yaml.positionOf })),
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
function inexactNumbers(document: Document) {
  const found: { code: 'not-allowed'; offset: number; message: string }[] = [];
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
