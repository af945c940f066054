import type { Document } from 'yaml';
import type { Position } from '../config/document.ts';
import { find, offsetOf } from '../config/find.ts';
import { isObject, type JsonObject } from '../text/json.ts';
import { merge } from '../values/merge.ts';

/** Values that one file gives, and where each of them is written. */
export interface Layer {
  readonly file: string;
  readonly values: JsonObject;
  /** How many keys of a path this layer has. */
  readonly depthOf: (path: readonly string[]) => number;
  readonly positionOf: (path: readonly string[]) => Position;
  readonly text: EditableText;
}

/** What a change of a layer needs: the document that the values are in, and where its text begins in the file. */
export interface EditableText {
  readonly document: Document;
  /** The text of the document. */
  readonly text: string;
  /** Keys from the document's root to the values. */
  readonly prefix: readonly string[];
  /** Turns an offset of the document into one of the file; undefined where the file has the text in another form. */
  readonly toFile: (offset: number) => number | undefined;
}

/** A layer whose values are a part of a document of the file, or all of it. */
export function layer(
  file: string,
  values: JsonObject,
  text: EditableText,
  positionAt: (offset: number) => Position,
): Layer {
  const { document, prefix } = text;
  return {
    file,
    values,
    text,
    depthOf: (path) => Math.max(0, find(document, [...prefix, ...path]).depth - prefix.length),
    positionOf: (path) => positionAt(offsetOf(document, [...prefix, ...path])),
  };
}

/** Values with layers over them, as Helm lays one file over another. */
export function laidOver(base: JsonObject, layers: readonly Layer[]): JsonObject {
  // One that is no map takes the place of all: the schema says that it is none.
  return layers.reduce((below, { values }) => (isObject(values) ? merge(below, values) : values), base);
}
