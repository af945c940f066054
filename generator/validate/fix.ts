import { isScalar } from 'yaml';
import { find } from '../config/find.ts';
import type { Remedy } from '../config/remedy.ts';
import type { LocatedProblem } from '../config/violation.ts';
import { isObject, type JsonObject } from '../text/json.ts';
import { at } from '../text/json-path.ts';
import type { Judged } from './judge.ts';
import type { Layer } from './layer.ts';
import { namedIn } from './named-in.ts';
import { JAEGER_LISTENERS } from './rules/ports.ts';

/** One change of a file's text. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What it does, for the one who asked for it. */
  readonly says: string;
}

/**
 * Changes that mend problems with certainty: an empty value where a map belongs, an address that is nearly one of the
 * chart's, and an id that has another name now, with every list that names it. Whatever else stands in the file stays as it is, byte by byte.
 *
 * @param base - the chart's own values: over a map of theirs null may mean to take it away
 */
export function editsFor(judged: readonly Judged[], base: JsonObject): Edit[] {
  const edits = judged.flatMap(({ located, layer, layers, problem }) => {
    const { remedy } = located;
    if (!remedy?.certain) return [];
    const place = `${problem.file}:${problem.position?.line}:${problem.position?.column}`;
    if (remedy.kind === 'rename') return rename(remedy, layer, layers, place);
    return typeof remedy.value === 'string'
      ? rewrite(remedy.path, remedy.value, layer, place)
      : fill(located, remedy, layer, base, place);
  });
  return [...new Map(edits.map((edit) => [`${edit.file}:${edit.start}`, edit])).values()];
}

/** The text after all its edits. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (edited, { start, end, text: added }) => edited.slice(0, start) + added + edited.slice(end),
      text,
    );
}

function fill(
  { path }: LocatedProblem,
  remedy: Remedy,
  layer: Layer,
  base: JsonObject,
  place: string,
): Edit[] {
  const isWhole = layer.depthOf(path) === path.length && at(layer.values, ...path) === null;
  if (remedy.kind !== 'set' || !isWhole || mayMeanAway(path, base)) return [];
  const { value } = find(layer.text.document, [...layer.text.prefix, ...path]);
  const [start, end] = value?.range ?? [];
  const says = `${place}: null is now {}`;
  if (start === undefined || !isScalar(value) || value.source !== '')
    return edit(layer, start, end, '{}', says);
  // A value that is not written is somewhere between its colon and the next thing on the line.
  const colon = start - (/[ \t]*$/.exec(layer.text.text.slice(0, start))?.[0].length ?? 0);
  return edit(layer, colon, colon, ' {}', says);
}

/**
 * Whether a null may be there to take away what the chart has. Not of what Jaeger is found by, which an example of
 * Jaeger's own has empty for its defaults.
 */
function mayMeanAway(path: readonly string[], base: JsonObject): boolean {
  const below = at(base, ...path);
  const isListener = JAEGER_LISTENERS.some((listener) => listener.join('/') === path.join('/'));
  return isObject(below) && Object.keys(below).length > 0 && !isListener;
}

/** Another text in the place of a scalar's, which stays in its quotes. */
function rewrite(path: readonly string[], to: string, layer: Layer, place: string): Edit[] {
  const given = at(layer.values, ...path);
  const { value } = find(layer.text.document, [...layer.text.prefix, ...path]);
  const [start = 0, end = 0] = value?.range ?? [];
  const from = layer.text.text.slice(start, end).indexOf(String(given));
  // A scalar with escapes or over several lines has its value nowhere in one piece.
  if (typeof given !== 'string' || layer.depthOf(path) < path.length || from < 0) return [];
  const says = `${place}: ${given} is now ${to}`;
  return edit(layer, start + from, start + from + given.length, to, says);
}

function rename(remedy: Remedy, layer: Layer, layers: readonly Layer[], place: string): Edit[] {
  if (remedy.kind !== 'rename') return [];
  const { path, to } = remedy;
  const old = path.at(-1) ?? '';
  const parent = at(layer.values, ...path.slice(0, -1));
  if (!isObject(parent) || Object.hasOwn(parent, to)) return [];
  const [section = '', ...above] = path.slice(0, -1).toReversed();
  const config = above.toReversed();
  const uses = layers.flatMap((each) =>
    namedIn(each, config, section, old).map((use) => scalar(each, use, to, '')),
  );
  const { key } = find(layer.text.document, [...layer.text.prefix, ...path]);
  const says = `${place}: ${old} is now ${to}${uses.length > 0 ? ', and in what names it' : ''}`;
  const edits = [edit(layer, key?.range?.[0], key?.range?.[1], to, says), ...uses];
  // All places or none: what still had the old name would name nothing.
  return edits.every(({ length }) => length > 0) ? edits.flat() : [];
}

function scalar(layer: Layer, path: readonly string[], text: string, says: string): Edit[] {
  const { value } = find(layer.text.document, [...layer.text.prefix, ...path]);
  return edit(layer, value?.range?.[0], value?.range?.[1], text, says);
}

function edit(
  layer: Layer,
  from: number | undefined,
  to: number | undefined,
  text: string,
  says: string,
): Edit[] {
  if (from === undefined || to === undefined) return [];
  const [start, end] = [layer.text.toFile(from), layer.text.toFile(to)];
  return start === undefined || end === undefined ? [] : [{ file: layer.file, start, end, text, says }];
}
