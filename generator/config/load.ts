import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import validateConfig from '../../schema/types/validate-telemetry-config.js';
import { type Problem, UserError } from '../errors.ts';
import { conflicts } from './conflicts/index.ts';
import { explain, type LocatedProblem, type SchemaViolation } from './explain.ts';

/**
 * Reads a configuration.
 *
 * @param text - YAML, or JSON, of one document; an empty one is the base configuration
 * @param file - its name, for problems
 * @returns the configuration, checked against `schema/config/telemetry-config.schema.json`
 * @throws {@link UserError} with every problem of the text, each with line and column
 */
export function loadConfig(text: string, file: string): TelemetryConfig {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  if ('empty' in documents) return {};
  const fail = (problems: readonly PlacedProblem[]): never => {
    throw new UserError(
      problems.map(({ offset, ...problem }) => {
        const { line, col } = lines.linePos(offset);
        return { ...problem, file, position: { line, column: col } };
      }),
    );
  };

  const syntax = syntaxProblems(documents);
  const [document] = documents;
  if (syntax.length > 0 || !document) return fail(syntax);
  const config: unknown = document.toJS() ?? {};
  const located = judge(config);
  if (located.length === 0) return config as TelemetryConfig;
  return fail(
    located.map(({ path, ...problem }) => ({
      ...problem,
      pointer: printPointer(path),
      offset: offsetOf(document, path),
    })),
  );
}

/** What the schema says against it, and when that is nothing, what its values say against each other. */
function judge(config: unknown): LocatedProblem[] {
  if (!validateConfig(config)) return explain((validateConfig.errors ?? []) as SchemaViolation[]);
  return conflicts(config as TelemetryConfig).map((conflict) => ({ code: 'conflict', ...conflict }));
}

/** A problem whose place is an offset in the text. */
type PlacedProblem = Omit<Problem, 'file' | 'position'> & { readonly offset: number };

function syntaxProblems(documents: readonly Document[]): PlacedProblem[] {
  const problem = (offset: number, message: string): PlacedProblem => ({
    code: 'yaml-syntax',
    offset,
    message,
  });
  const problems = documents.flatMap((document) =>
    document.errors.map(({ message, pos }) => problem(pos[0], headline(message))),
  );
  if (problems.length > 0) return problems;

  const [document, second] = documents;
  if (second?.range)
    problems.push(problem(second.range[0], 'a second YAML document; write one, without `---` between'));
  if (!document) return problems;
  visit(document, {
    Alias(_, alias) {
      const message = `the anchor of *${alias.source} is not set before it; write the value itself`;
      if (!alias.resolve(document)) problems.push(problem(alias.range?.[0] ?? 0, message));
    },
  });
  return problems;
}

/** The sentence of the parser's message, without the place and the excerpt that it adds. */
function headline(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}

/** Offset of the key that a path ends in, of the value where it ends in a list, of the document for no path. */
function offsetOf(document: Document, path: readonly string[]): number {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const key = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key,
    );
    if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
  }
  const node = document.getIn(path, true);
  return (isNode(node) && node.range?.[0]) || 0;
}

function printPointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
