import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type ScalarTag,
  type Tags,
  visit,
} from 'yaml';
import type { Problem } from '../errors.ts';

/** A YAML text, read. Offsets are those of the text. */
export interface YamlText {
  readonly documents: readonly Document[];
  /** What keeps it from being read; the documents are not to be used then. */
  readonly problems: readonly OffsetProblem[];
  readonly positionOf: (offset: number) => Position;
}

/** Line and column as {@link Problem} counts them. */
export type Position = NonNullable<Problem['position']>;

/** A problem whose place is an offset in the text. */
export type OffsetProblem = Pick<Problem, 'code' | 'message'> & { readonly offset: number };

const TIMESTAMP = 'tag:yaml.org,2002:timestamp';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads YAML, or JSON, of any number of documents.
 *
 * @param version - 1.1 for what Helm reads
 */
export function readYaml(text: string, version: '1.1' | '1.2' = '1.2'): YamlText {
  const lines = new LineCounter();
  const customTags = version === '1.1' ? tagsOfHelm : null;
  const parsed = parseAllDocuments(text, { lineCounter: lines, version, uniqueKeys: false, customTags });
  const documents: Document[] = 'empty' in parsed ? [] : parsed;
  // No editor counts the mark as a character of the line.
  const mark = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const positionOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(line > 1 ? col : col - mark, 1) };
  };
  return { documents, positionOf, problems: [...syntaxProblems(documents), ...contentProblems(documents)] };
}

/** Go's parser in Helm takes YAML 1.1 for the most part: a time or a date is text to it, and `0o17` a number. */
function tagsOfHelm(tags: Tags): Tags {
  const octal: ScalarTag = {
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?0o[0-7]+$/,
    resolve: (text) => Number(text.replace(/^[-+]/, '')) * (text.startsWith('-') ? -1 : 1),
    default: true,
  };
  const isOfTime = (tag: Tags[number]) =>
    typeof tag === 'object' && (('format' in tag && tag.format === 'TIME') || tag.tag === TIMESTAMP);
  return [...tags.filter((tag) => !isOfTime(tag)), octal];
}

function syntaxProblems(documents: readonly Document[]): OffsetProblem[] {
  return documents.flatMap(({ errors, warnings }) => {
    const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
    // What else is said of such a text comes of them.
    return (tabs.length > 0 ? tabs : [...errors, ...warnings]).map(({ code, message, pos }) => ({
      code: 'yaml-syntax' as const,
      offset: pos[0],
      message: code === 'TAB_AS_INDENT' ? 'a tab in the indentation; write spaces' : headline(message),
    }));
  });
}

/** The sentence of the parser's message, without the place and the excerpt that it adds. */
function headline(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}

/** What the parser takes, and no map of values can hold. */
function contentProblems(documents: readonly Document[]): OffsetProblem[] {
  const problems: OffsetProblem[] = [];
  for (const document of documents) {
    if (document.errors.length > 0) continue;
    visit(document, {
      // The parser compares each key with each other one: minutes for a map of 100,000.
      Map(_, { items }) {
        const seen = new Set<unknown>();
        for (const { key } of items) {
          if (!isScalar(key)) continue;
          const message = `the key ${key.source ?? String(key.value)} is in this map twice; keep one`;
          if (seen.has(key.value))
            problems.push({ code: 'yaml-syntax', offset: key.range?.[0] ?? 0, message });
          seen.add(key.value);
        }
      },
      Pair(_, { key }) {
        if (!isMap(key) && !isSeq(key)) return;
        const message =
          'a map as the name of a key, as two braces without quotes are: {{ }} is filled in nowhere here; write the value, or quote it';
        problems.push({ code: 'yaml-syntax', offset: key.range?.[0] ?? 0, message });
      },
      Alias(_, alias) {
        const message = `the anchor of *${alias.source} is not set before it; write the value itself`;
        if (!alias.resolve(document))
          problems.push({ code: 'yaml-syntax', offset: alias.range?.[0] ?? 0, message });
      },
    });
  }
  return problems;
}

/** A path of keys as a JSON pointer. */
export function printPointer(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
