#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { readInput } from './commands/input.ts';
import { migrateFiles } from './commands/migrate.ts';
import type { Outcome } from './commands/outcome.ts';
import { validateFiles } from './commands/validate.ts';
import { loadConfig } from './config/load.ts';
import { UserError, usageError } from './errors.ts';
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
  spacelift-telemetry validate FILE... [--format text|json|github] [--fix]
      checks values files (several as Helm merges them), the values in a HelmRelease or an Application, and
      configurations; with --fix first mends what can be mended with certainty, and leaves the rest of the text alone
  spacelift-telemetry migrate FILE...
      prints the configuration that means what the values files of the charts jaeger and opentelemetry-collector meant,
      and on standard error what in them never worked
  spacelift-telemetry --help | --version

FILE is YAML; "-" reads standard input. Without one, \`values\` prints nothing beyond the base: traces in Jaeger's memory.
Editors check and complete a FILE that begins with this line; the values have one of their own:
${configModeline(model).trimEnd()}
Exit codes: 0 done, 1 something to mend, which is printed.
`;

const options = {
  check: { type: 'boolean' },
  out: { type: 'string' },
  config: { type: 'string' },
  full: { type: 'boolean' },
  format: { type: 'string' },
  fix: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** What a command does, and the options that it takes; a test keeps the usage in step. */
interface Command {
  readonly run: (given: Options, files: readonly string[]) => Outcome | Promise<Outcome>;
  readonly takes: readonly (keyof Options)[];
  /** Whether it takes arguments besides its options. */
  readonly takesFiles?: boolean;
}

const commands: Record<string, Command> = {
  generate: { run: (given) => ({ stdout: generate(given) }), takes: ['out', 'check'] },
  values: { run: (given) => ({ stdout: printValues(given) }), takes: ['config', 'full'] },
  validate: {
    run: (given, files) => validateFiles({ ...given, files }),
    takes: ['format', 'fix'],
    takesFiles: true,
  },
  migrate: { run: (_, files) => migrateFiles(files), takes: [], takesFiles: true },
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

/** Runs one command line and returns what it prints. */
async function run(argv: readonly string[]): Promise<Outcome> {
  const { values: given, positionals } = parse(argv);
  if (given.help) return { stdout: USAGE };
  if (given.version) return { stdout: `${model.chart.version}\n` };
  const [name = '', ...rest] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw usageError(name ? `unknown command "${name}"` : 'a command is missing');
  if (rest.length > 0 && !command.takesFiles) throw usageError(`${name} takes no argument "${rest[0]}"`);
  const stray = (Object.keys(given) as (keyof Options)[]).find((option) => !command.takes.includes(option));
  if (stray)
    throw usageError(
      `${name} has no option --${stray}; it takes ${command.takes.map((o) => `--${o}`).join(', ') || 'none'}`,
    );
  return command.run(given, rest);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw usageError((error as Error).message.split('. ')[0] ?? 'unknown option');
  }
}

try {
  const { stdout, stderr = '', exitCode = 0 } = await run(process.argv.slice(2));
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  process.exitCode = exitCode;
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
