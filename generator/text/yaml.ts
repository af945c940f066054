import { Document, isMap, isSeq, type Node, type Pair, type Scalar, visit } from 'yaml';
import type { JsonObject } from './json.ts';

/** The comment of a key, by the path of keys that leads to it; undefined for none. */
export type CommentOf = (path: readonly string[]) => string | undefined;

/** Columns of a comment's text, beside its indentation. */
const COMMENT_WIDTH = 100;

/**
 * Prints a map as YAML that every reader of Helm understands alike.
 *
 * Version 1.1, since Helm reads 1.1: with 1.2 a writer leaves `on` or `0123` bare. Lines are never folded.
 *
 * @param value - the map; keys keep their order
 * @param commentOf - comment for a key, put on the lines above it
 */
export function printYaml(value: JsonObject, commentOf?: CommentOf): string {
  const document = new Document(value, { version: '1.1', aliasDuplicateObjects: false });
  if (commentOf) addComments(document, commentOf);
  return document.toString({ lineWidth: 0, commentString: (text) => text.replace(/^/gm, '# ') });
}

function addComments(document: Document, commentOf: CommentOf): void {
  visit(document, {
    Pair(_, pair, ancestors) {
      const path = pathOf([...ancestors, pair]);
      const comment = path && commentOf(path);
      const key = pair.key as Scalar;
      if (comment) key.commentBefore = wrap(comment, COMMENT_WIDTH - 2 * path.length);
      if (path?.length === 1) key.spaceBefore = true;
    },
  });
}

/** Keys from the root to the last pair; undefined below a list, where no key has a comment. */
function pathOf(nodes: readonly (Document | Node | Pair)[]): string[] | undefined {
  if (nodes.some((node) => isSeq(node))) return undefined;
  return nodes
    .filter((node) => !isMap(node) && 'key' in node)
    .map((node) => String((node as Pair<Scalar>).key.value));
}

function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}
