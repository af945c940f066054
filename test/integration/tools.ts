import { tool } from '../../scripts/tools.mjs';

/** A pinned tool of single tests: its path, or the phrase that says what the machine lacks of it. */
export async function pinned(name: string): Promise<{ path: string; lacking: string[] }> {
  return tool(name).then(
    (path) => ({ path, lacking: [] }),
    () => ({ path: '', lacking: [`no Go to build ${name}`] }),
  );
}
