#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from './config/load.ts';
import { UserError } from './errors.ts';
import { overlay, values } from './features/index.ts';
import { model } from './model.ts';
import { renderChart } from './render/index.ts';
import { configModeline, valuesModeline } from './render/modeline.ts';
import { checkChart } from './sink/check.ts';
import { writeChart } from './sink/write.ts';
import type { JsonObject } from './text/json.ts';
import { printYaml } from './text/yaml.ts';

const USAGE = `spacelift-telemetry ${model.chart.version}: the generator of the chart ${model.chart.name}

usage:
  spacelift-telemetry generate [--out DIR] [--check]
      writes the chart into DIR (default: chart); with --check changes nothing, and fails when DIR differs
  spacelift-telemetry values [--config FILE] [--full]
      prints the values that FILE stands for, to keep in git and give to helm --values; with --full, all values
  spacelift-telemetry --help | --version

FILE is YAML; "-" reads standard input. Without one, the base: traces in Jaeger's memory.
Editors check and complete a FILE that begins with this line; the values have one of their own:
${configModeline(model).trimEnd()}
Exit codes: 0 done, 1 something to mend, which is printed.
`;

const options = {
  check: { type: 'boolean' },
  out: { type: 'string' },
  config: { type: 'string' },
  full: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** Options that each command takes; a test keeps the usage in step. */
const commands: Record<string, { run: (given: Options) => string; takes: readonly (keyof Options)[] }> = {
  generate: { run: generate, takes: ['out', 'check'] },
  values: { run: printValues, takes: ['config', 'full'] },
};

function generate({ out = 'chart', check }: Options): string {
  const files = renderChart(model);
  const command = `spacelift-telemetry generate${out === 'chart' ? '' : ` --out ${out}`}`;
  if (check) {
    checkChart(out, files, command);
    return `${out} is up to date: ${files.length} files\n`;
  }
  const { missing, changed, stray } = writeChart(out, files);
  const written = missing.length + changed.length;
  return (
    `${out}: ${files.length} files, ${written} written, ${stray.length} removed\n` +
    // Not `dependency build`: it wants the repositories added by name first.
    `Before Helm uses the chart, its dependencies must be in it: helm dependency update ${out}\n` +
    '(in a clone of the project: npm run charts)\n'
  );
}

function printValues({ config: file, full }: Options): string {
  const config = file === undefined ? {} : loadConfig(readInput(file), file);
  const printed = (full ? values(config, model) : overlay(config, model)) as unknown as JsonObject;
  return valuesModeline(model) + printYaml(printed);
}

function readInput(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? 'there is no such file; give --config an existing one' : message;
    throw new UserError([
      { code: code === 'ENOENT' ? 'missing-file' : 'unreadable-file', file, message: reason },
    ]);
  }
}

/** Runs one command line and returns what it prints. */
function run(argv: readonly string[]): string {
  const { values: given, positionals } = parse(argv);
  if (given.help) return USAGE;
  if (given.version) return `${model.chart.version}\n`;
  const [name = '', ...rest] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw usage(name ? `unknown command "${name}"` : 'a command is missing');
  if (rest.length > 0) throw usage(`${name} takes no argument "${rest[0]}"`);
  const stray = (Object.keys(given) as (keyof Options)[]).find((option) => !command.takes.includes(option));
  if (stray)
    throw usage(
      `${name} has no option --${stray}; it takes ${command.takes.map((o) => `--${o}`).join(', ')}`,
    );
  return command.run(given);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message.split('. ')[0] ?? 'unknown option');
  }
}

function usage(message: string): UserError {
  return new UserError([{ code: 'usage', message: `${message}; see spacelift-telemetry --help` }]);
}

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
