import type { Model } from '../model.ts';

/** Where the repository has the published schema of the configuration; `npm run types` writes it. */
export const CONFIG_SCHEMA_PATH = 'schema/published/telemetry-config.schema.json';

/**
 * The line by which editors find the schema of a YAML file; it stands above everything else.
 *
 * @param schema - URL, or a path from the file's own folder
 */
export function modeline(schema: string): string {
  return `# yaml-language-server: $schema=${schema}\n`;
}

/** The line of a values file that somebody keeps elsewhere: the schema of this version, from the repository. */
export function valuesModeline({ project }: Model): string {
  return modeline(`${project.files}/chart/values.schema.json`);
}

/** The line of a configuration, likewise. */
export function configModeline({ project }: Model): string {
  return modeline(`${project.files}/${CONFIG_SCHEMA_PATH}`);
}
