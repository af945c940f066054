import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import validateConfig from '../../schema/types/validate-telemetry-config.js';
import { UserError } from '../errors.ts';
import { conflicts } from './conflicts/index.ts';
import { type OffsetProblem, printPointer, readYaml, type YamlText } from './document.ts';
import { explain, type Written } from './explain.ts';
import { offsetOf, writtenAt } from './find.ts';
import { paste } from './remedy.ts';
import type { LocatedProblem, SchemaViolation } from './violation.ts';

/**
 * Reads a configuration.
 *
 * @param text - YAML, or JSON, of one document; an empty one is the base configuration
 * @param file - its name, for problems
 * @returns the configuration, checked against `schema/config/telemetry-config.schema.json`
 * @throws {@link UserError} with every problem of the text, each with line and column
 */
export function loadConfig(text: string, file: string): TelemetryConfig {
  const source = readYaml(text);
  const fail = (problems: readonly OffsetProblem[]): never => {
    throw new UserError(
      problems.map(({ offset, ...problem }) => ({ ...problem, file, position: source.positionOf(offset) })),
    );
  };
  const problems = source.problems.length > 0 ? source.problems : moreThanOne(source);
  if (problems.length > 0) return fail(problems);
  const [document] = source.documents;
  if (!document) return {};
  const config: unknown = document.toJS() ?? {};
  const located = judge(config, (path) => writtenAt(document, path));
  if (located.length === 0) return config as TelemetryConfig;
  return fail(
    located.map(({ path, remedy, ...problem }) => ({
      ...problem,
      pointer: printPointer(path),
      ...(remedy && paste(remedy, config)),
      offset: offsetOf(document, path),
    })),
  );
}

function moreThanOne({ documents: [, second] }: YamlText): OffsetProblem[] {
  const message = 'a second YAML document; write one, without `---` between';
  return second?.range ? [{ code: 'yaml-syntax', offset: second.range[0], message }] : [];
}

/** What the schema says against it, and when that is nothing, what its values say against each other. */
function judge(config: unknown, written: Written): LocatedProblem[] {
  if (!validateConfig(config)) return explain((validateConfig.errors ?? []) as SchemaViolation[], written);
  return conflicts(config as TelemetryConfig).map((conflict) => ({ code: 'conflict', ...conflict }));
}
