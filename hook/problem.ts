import type { ObjectRef } from './api-objects.ts';

/** One thing that stands in the way: the object it is about, and a sentence that says what mends it. */
export interface Problem {
  readonly object: ObjectRef;
  readonly uid?: string | undefined;
  readonly sentence: string;
}

/** Why the program goes no further; every problem that was found, and at least one. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ sentence }) => sentence).join('\n'));
    this.problems = problems;
  }
}

/** An object as sentences name it. */
export function named({ kind, name, namespace }: { kind: string; name: string; namespace: string }): string {
  return `the ${kind} ${name} in namespace ${namespace}`;
}

/** Names in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[], word = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}

/** A sentence with a capital letter. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
