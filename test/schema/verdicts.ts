import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { parse } from 'yaml';

/** A values file that is to be refused, where, and words that the message must hold. */
export interface Rejected {
  readonly file: string;
  readonly pointer: string;
  readonly words: string;
}

/** Values files that every validator accepts. */
export const accepted: readonly string[] = list('test/schema/accept');

/** Values files that every validator refuses. Their first line says where and why. */
export const rejected: readonly Rejected[] = list('test/schema/reject').map((file) => {
  const [, pointer = '', words = ''] = /^# (.*?): (.*)\n/.exec(readFileSync(file, 'utf8')) ?? [];
  return { file, pointer, words };
});

function list(folder: string): string[] {
  return readdirSync(folder).map((name) => `${folder}/${name}`);
}

/** Parses a values file as Helm does. */
export function readValues(file: string): object {
  return parse(readFileSync(file, 'utf8'), { version: '1.1' });
}

/** The shipped schema, compiled as an editor would; strict, so that a misspelt keyword is an error. */
export function compileShipped() {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  return ajv.compile(JSON.parse(readFileSync('chart/values.schema.json', 'utf8')));
}

/** An error of ajv as Helm words it: place, then what is wrong with the values that matter. */
export function wording({ instancePath, message, params, keyword }: ErrorObject): string {
  const detail = Object.values(params as object)
    .flat()
    .join(', ');
  return `${instancePath}: ${keyword} ${message} ${detail}`;
}
