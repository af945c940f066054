import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { configuration } from './configuration.mjs';

/** @import { Write } from './configuration.mjs' */

/**
 * What a program prints of a configuration, with everything that it adds.
 * @param {string} program
 * @param {readonly Write[]} writes
 */
export function print(program, writes) {
  const folder = mkdtempSync(join(tmpdir(), 'spacelift-telemetry-'));
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(configuration(writes)));
  const args = ['print-config', '--mode=unredacted', '--validate=false', '--config', file];
  try {
    return parse(execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @type {Map<string, any>} */
const printed = new Map();

/** The same, of a configuration that is asked for again and again. @param {string} program @param {readonly Write[]} writes */
export function printOnce(program, writes) {
  const key = JSON.stringify([program, writes]);
  printed.set(key, printed.get(key) ?? print(program, writes));
  return printed.get(key);
}

/** The components of a program, `exporters.otlp_grpc`. @param {string} program */
export function componentsOf(program) {
  const text = execFileSync(program, ['components'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const kinds = /** @type {[string, unknown][]} */ (Object.entries(parse(text)));
  return new Set(
    kinds.flatMap(([kind, list]) => (Array.isArray(list) ? list.map(({ name }) => `${kind}.${name}`) : [])),
  );
}
