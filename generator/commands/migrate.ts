import { loadConfig } from '../config/load.ts';
import { indented, printProblem, UserError, usageError } from '../errors.ts';
import { migrate } from '../migrate/index.ts';
import { model } from '../model.ts';
import { configModeline } from '../render/modeline.ts';
import type { JsonObject } from '../text/json.ts';
import { printYaml } from '../text/yaml.ts';
import { readInput } from './input.ts';
import type { Outcome } from './outcome.ts';

/** Prints the configuration that means what the files of the guide meant, and beside it what they did not do. */
export function migrateFiles(files: readonly string[]): Outcome {
  if (files.length === 0) throw usageError('migrate needs the values files of the two old releases');
  const { config, values, notes } = migrate(files.map((file) => ({ file, text: readInput(file) })));
  const said = [...notes.map(printProblem), ...(Object.keys(values).length > 0 ? [rest(values)] : [])];
  const stdout = configModeline(model) + printYaml(config as unknown as JsonObject);
  const toMend = problemsOf(stdout);
  return {
    stdout,
    stderr: [...said, ...toMend].map((line) => `${line}\n`).join(''),
    exitCode: toMend.length > 0 ? 1 : 0,
  };
}

/** What was wrong in the old files is wrong here too: an address without its port, say. */
function problemsOf(config: string): string[] {
  try {
    loadConfig(config, 'the configuration');
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(printProblem);
    throw error;
  }
}

function rest(values: JsonObject): string {
  const yaml = indented(printYaml(values).trim());
  return `A configuration has no words for this; put it into a values file of your own, to give after the one that is made of the configuration:\n\n${yaml}\n`;
}
