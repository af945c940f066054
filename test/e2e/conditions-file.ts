import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectl } from '../support/cluster.ts';
import { helm } from '../support/helm.ts';
import { conditionsDocument } from './conditions-table.ts';
import { helms, OBSERVATIONS } from './settings.ts';

/** The document that a run writes. */
export const CONDITIONS_FILE = join(import.meta.dirname, 'CONDITIONS.md');

/** Before the first test of the level: makes a folder for what is observed, if a document is wanted. */
export async function setup(): Promise<void> {
  if (!process.env['E2E_CONDITIONS']) return;
  process.env[OBSERVATIONS] = await mkdtemp(join(tmpdir(), 'observations-'));
}

/** After the last test: writes the document. */
export async function teardown(): Promise<void> {
  const folder = process.env[OBSERVATIONS];
  if (!folder) return;
  const files = (await readdir(folder)).sort();
  const observations = await Promise.all(
    files.map(async (file) => ({
      helm: /@(.*)\.json$/.exec(file)?.[1] ?? '',
      observation: JSON.parse(await readFile(join(folder, file), 'utf8')),
    })),
  );
  const before = await readFile(CONDITIONS_FILE, 'utf8').catch(() => '');
  const { serverVersion } = JSON.parse(await kubectl(['version', '--output=json']));
  const versions = await Promise.all(helms.map(helmVersion));
  const run = { kubernetes: serverVersion.gitVersion, helms: versions, observations };
  await writeFile(CONDITIONS_FILE, conditionsDocument(run, before));
  await rm(folder, { recursive: true });
}

async function helmVersion(version: (typeof helms)[number]): Promise<string> {
  const { stdout } = await helm(version, ['version', '--template', '{{ .Version }}']);
  return stdout.trim();
}
