/** How a command ended: what it prints where, and its exit code. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr?: string;
  readonly exitCode?: number;
}
