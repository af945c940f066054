import { type Problem, printProblem } from '../errors.ts';

/** Forms of a report: for a person, for a program, and for the annotations of a GitHub workflow. */
export const FORMATS = ['text', 'json', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Prints problems.
 *
 * @param files - how many were checked, for the last line
 * @param configurations - those of them that were taken for configurations, which a person may have meant otherwise
 */
export function report(
  problems: readonly Problem[],
  format: Format,
  files: number,
  configurations: readonly string[],
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ problems, configurations }, null, 2)}\n`;
    case 'github':
      return problems.map((problem) => `${annotation(problem)}\n`).join('');
    case 'text':
      return [
        ...problems.map(printProblem),
        ...configurations.map((file) => `${file}: read as a configuration, not as values`),
        ...ofOldCharts(problems).map(
          (file) => `${file}: spacelift-telemetry migrate makes a configuration of it`,
        ),
        summary(problems, files),
        '',
      ].join('\n');
  }
}

/** Keys at the root of files for the two charts of the guide, which both have no such place here. */
const OLD = ['/allInOne', '/config', '/provisionDataStore'];

function ofOldCharts(problems: readonly Problem[]): string[] {
  return problems.flatMap(({ file, pointer = '' }) => (file && OLD.includes(pointer) ? [file] : []));
}

function summary(problems: readonly Problem[], files: number): string {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const errors = problems.length - warnings;
  const counted = [
    count(files, 'file'),
    count(errors, 'problem'),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  return counted.join(', ');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** A workflow command, with the characters escaped that end a part of it (actions/toolkit, command.ts). */
function annotation({ file, position, pointer, message, yaml, severity }: Problem): string {
  const properties = { file, line: position?.line, col: position?.column, title: pointer };
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  const text = yaml === undefined ? message : `${message}\n${yaml}`;
  return `::${severity ?? 'error'} ${given.join(',')}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
