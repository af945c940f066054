import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { tool } from '../../scripts/tools.mjs';
import type { HelmVersion, Outcome } from './helm.ts';
import { type RunningProcess, run, start } from './processes.ts';

/** How a terminal differs from a reader's. */
export interface TerminalOptions {
  /** Values files for every install and upgrade; a cluster of tests may have other images than the chart's. */
  readonly valuesFiles?: readonly string[];
  /** Values for the same. */
  readonly values?: object;
  /** Words of a document that mean something else here, such as the name of a namespace. */
  readonly meanings?: Readonly<Record<string, string>>;
}

/**
 * A terminal in which commands of a document run as they are written: `helm` and `kubectl` are programs of that name
 * on PATH. The `helm` there is the version under test, and gives this run's own values to every install and upgrade
 * behind all that the command gives: the document need not know of them.
 */
export class Terminal {
  readonly #folder: string;
  readonly #env: Record<string, string>;
  readonly #meanings: Readonly<Record<string, string>>;
  cwd: string;

  private constructor(folder: string, meanings: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#meanings = meanings;
    this.#env = { PATH: [folder, process.env['PATH']].join(delimiter) };
    this.cwd = process.cwd();
  }

  static async open(
    version: HelmVersion,
    { valuesFiles = [], values = {}, meanings = {} }: TerminalOptions = {},
  ): Promise<Terminal> {
    const folder = await mkdtemp(join(tmpdir(), 'terminal-'));
    const own = join(folder, 'values.json');
    await writeFile(own, JSON.stringify(values));
    const files = [...valuesFiles, own].map((file) => `--values ${quoted(resolve(file))}`).join(' ');
    const helm = quoted(await tool(`helm-${version}`));
    const install = `case "$1" in install|upgrade) exec ${helm} "$@" ${files};; esac`;
    await program(join(folder, 'helm'), `${install}\nexec ${helm} "$@"`);
    await program(join(folder, 'kubectl'), `exec ${quoted(await tool('kubectl'))} "$@"`);
    return new Terminal(folder, meanings);
  }

  /** Adds to the environment of what is run from now on. */
  setEnv(env: Record<string, string>): void {
    Object.assign(this.#env, env);
  }

  /** Runs a command line to its end; a failure is an outcome. */
  run(line: string): Promise<Outcome> {
    return run('sh', ['-c', this.#script(line)], { env: this.#env });
  }

  /** Runs a command line that must succeed, and returns what it printed. `cd` is for the lines after it. */
  async type(line: string): Promise<string> {
    const folder = /^cd (\S+)$/.exec(line)?.[1];
    if (folder !== undefined) this.cwd = join(this.cwd, folder);
    const { code, stdout, stderr } = await this.run(line);
    if (code !== 0) throw new Error(`${line}\nended with ${code}\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** Starts a command line, and leaves it running. */
  start(line: string): RunningProcess {
    return start('sh', ['-c', this.#script(`exec ${line}`)], { env: this.#env });
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  #script(line: string): string {
    const here = Object.entries(this.#meanings).reduce(
      (text, [word, meaning]) =>
        text.replaceAll(new RegExp(`(?<=[\\s/-])${word}(?=\\s|$|-test\\b)`, 'g'), meaning),
      line,
    );
    return /^cd /.test(line) ? `cd ${quoted(this.cwd)}` : `cd ${quoted(this.cwd)} && ${here}`;
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

async function program(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}
