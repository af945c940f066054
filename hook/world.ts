import type { Kubernetes } from './kubernetes.ts';

/** Time, as far as it decides anything. */
export interface Clock {
  now(): number;
  wait(ms: number): Promise<void>;
  /** When everything should be over: below Helm's own timeout, which would end Helm and not the Job. */
  readonly deadline: number;
}

/** Everything outside of the program, so that a test can stand in for it. */
export interface World extends Clock {
  readonly api: Kubernetes;
  /** Prints a line. */
  say(line: string): void;
  /** A random word that nobody has used before. */
  id(): string;
  /** Whether a TCP connection is accepted there. */
  accepts(host: string, port: number): Promise<boolean>;
}

/** How a run ends; the sentence is the last line of the log, and says everything by itself. */
export interface Ending {
  readonly code: 0 | 1;
  readonly sentence: string;
}
