import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { which } from 'zx';
import type { Outcome } from './helm.ts';

/** Where and how a program is started; `env` is added to the environment of the tests. */
export interface StartOptions {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
}

/** A program that keeps running, until it is stopped or fails. */
export interface RunningProcess {
  /** All that it has printed. */
  log(): string;
  /** Sends the signal, and returns when the process is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** The exit code, once it has one; a signal counts as one. */
  code(): number | undefined;
}

/** Runs a program to its end. Only one that cannot be started throws. */
export function run(
  path: string,
  args: readonly string[],
  { cwd, env, input }: StartOptions = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 256 * 1024 * 1024 };
    const child = execFile(path, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ stdout, stderr, code });
      else reject(error);
    });
    child.stdin?.on('error', () => {}); // one that ends before it has read its input is judged by its code
    child.stdin?.end(input);
  });
}

/** Runs a program that must succeed, and returns what it printed. */
export async function output(
  path: string,
  args: readonly string[],
  options: StartOptions = {},
): Promise<string> {
  const { stdout, stderr, code } = await run(path, args, options);
  if (code !== 0) throw new Error(`${path} ${args.join(' ')} ended with ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** Starts a program and leaves it running. */
export function start(
  path: string,
  args: readonly string[],
  { cwd, env }: StartOptions = {},
): RunningProcess {
  const child = spawn(path, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stdout.on('data', (chunk) => said.push(String(chunk)));
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  child.on('error', (error) => said.push(String(error)));
  const code = () => child.exitCode ?? (child.signalCode === null ? undefined : -1);
  return {
    code,
    log: () => said.join(''),
    async end(signal) {
      if (code() !== undefined || child.pid === undefined) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

/** Ports of the loopback that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** The path of a program: what the environment variable says, else what is on PATH. */
export async function programPath(variable: string, command?: string): Promise<string | undefined> {
  const given = process.env[variable];
  if (given) return given;
  return (command && (await which(command, { nothrow: true }))) || undefined;
}

/**
 * What is said in the name of a level that cannot run: a test that did not run must not look like one that passed.
 *
 * @param missing what the level lacks, one phrase each
 * @param required the environment variable that makes it a failure
 * @returns nothing when the level can run
 */
export function whySkipped(level: string, missing: readonly string[], required: string): string {
  if (missing.length === 0) return '';
  const sentence = `The level "${level}" does not run here: ${missing.join('; ')}.`;
  if (process.env[required]) throw new Error(`${sentence} ${required} is set, so that is a failure.`);
  console.warn(sentence);
  return ` (skipped: ${missing.join('; ')})`;
}
