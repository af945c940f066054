import { isScalar, type Scalar } from 'yaml';
import { find, offsetOf } from '../config/find.ts';
import type { Problem } from '../errors.ts';
import { isObject, type JsonObject } from '../text/json.ts';
import { valueAt } from '../text/json-path.ts';
import { fillGaps, isControlled } from './gaps.ts';
import { type Layer, layer } from './layer.ts';
import { type ReadDocument, readText } from './read.ts';

/** The values at a path of keys of a document; undefined where there are none. */
export function valuesAt(read: ReadDocument, prefix: readonly string[]): Layer | undefined {
  const { source, document, data, positionAt } = read;
  const found = valueAt(data, prefix);
  if (found === undefined || found === null) return undefined;
  const text = { document, text: source.text, prefix, toFile: (offset: number) => offset };
  // Not a map: the schema says so, at this place.
  return layer(source.file, found as JsonObject, text, positionAt);
}

/**
 * Values that are YAML inside a string, as Argo CD has them; in an ApplicationSet a generator fills gaps of the text, and
 * of one that it builds from parts nothing can be said.
 */
export function valuesInString(
  read: ReadDocument,
  prefix: readonly string[],
  templated = false,
): { layer?: Layer; problems: Problem[] } {
  const { source, document, data, positionAt } = read;
  const given = valueAt(data, prefix);
  if (typeof given !== 'string' || given.trim() === '') return { problems: [] };
  if (templated && isControlled(given)) return { problems: [] };
  const text = templated ? fillGaps(given) : given;
  const { value: scalar } = find(document, prefix);
  const toFile = isScalar(scalar) ? unfold(scalar, source.text) : () => undefined;
  const start = offsetOf(document, prefix);
  const place = (offset: number) => positionAt(toFile(offset) ?? start);
  const inner = readText(text);
  const [first] = inner.documents;
  const problems = inner.problems.map(
    ({ offset, ...problem }): Problem => ({ ...problem, file: source.file, position: place(offset) }),
  );
  if (problems.length > 0 || !first || first.data === null) return { problems };
  const { document: own, data: values } = first;
  const editable = { document: own, text, prefix: [], toFile };
  if (isObject(values)) return { layer: layer(source.file, values, editable, place), problems };
  const message = 'holds no map of values';
  return { problems: [{ code: 'wrong-type', file: source.file, position: positionAt(start), message }] };
}

/**
 * Where an offset of a block `|` is in its file: each line stands there as it is, behind one indentation. Other forms
 * change their text, and only their start is known.
 */
function unfold({ type, range, source }: Scalar, file: string): (offset: number) => number | undefined {
  const text = source ?? '';
  const header = range ? file.indexOf('\n', range[0]) : -1;
  if (type !== 'BLOCK_LITERAL' || header < 0) return () => undefined;
  const firstLine = /^(?:[ \t]*\r?\n)*([ ]*)/.exec(file.slice(header + 1))?.[1] ?? '';
  const inner = /^(?:[ \t]*\n)*( *)/.exec(text)?.[1] ?? '';
  const indent = firstLine.length - inner.length;
  return (offset) => {
    const before = text.slice(0, offset).split('\n');
    let start = header + 1;
    for (let line = 1; line < before.length; line++) start = file.indexOf('\n', start) + 1;
    return start + indent + (before.at(-1)?.length ?? 0);
  };
}
