/** Everything that can be wrong with a user's input; a closed union, so that tests and tools can rely on it. */
export type ProblemCode =
  | 'usage'
  | 'missing-file'
  | 'unreadable-file'
  | 'unwritable-file'
  | 'yaml-syntax'
  | 'unknown-key'
  | 'wrong-type'
  | 'not-allowed'
  | 'too-many'
  | 'conflict'
  | 'unused'
  | 'dead-address'
  | 'nothing-to-check'
  | 'foreign-file'
  | 'drift';

/** One thing that is wrong: where, what, and what to write instead. */
export interface Problem {
  readonly code: ProblemCode;
  /** File as the user named it. */
  readonly file?: string;
  /**
   * Line and column, both from 1. A column is a UTF-16 code unit, as editors count it (Language Server Protocol): a tab is
   * one, most emoji are two, a byte order mark is none. Annotations of GitHub take it as it is, and show the line.
   */
  readonly position?: { readonly line: number; readonly column: number };
  /** JSON pointer of the value, `/storage/badger` for instance. */
  readonly pointer?: string;
  /** What is wrong and what is right, as one sentence without a full stop. */
  readonly message: string;
  /** YAML that mends it, to paste. */
  readonly yaml?: string;
  /** A warning is for a person to judge: what it is about does nothing, or nothing that can be seen here. An error where absent. */
  readonly severity?: 'warning';
}

/**
 * A mistake in what the user gave us: all problems at once, a few lines, exit code 1.
 * Any other error that reaches the CLI is a mistake of ours and shows its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(printProblem).join('\n'));
    this.problems = problems;
  }
}

/** A command line that is wrong. */
export function usageError(message: string): UserError {
  return new UserError([{ code: 'usage', message: `${message}; see spacelift-telemetry --help` }]);
}

/** A text of several lines under a sentence. */
export function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ');
}

/**
 * A problem as one line, `config.yaml:3:5: /storage/badgr: unknown key "badgr"; ...`, and where there is something to
 * paste, that under it, indented.
 */
export function printProblem({ file, position, pointer, message, yaml, severity }: Problem): string {
  const place = [file, position?.line, position?.column].filter((part) => part !== undefined).join(':');
  const line = [place, severity, pointer, message]
    .filter((part) => part !== undefined && part !== '')
    .join(': ');
  return yaml === undefined ? line : `${line}\n\n${indented(yaml)}\n`;
}
