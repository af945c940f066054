import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { extract, list } from 'tar';
import { beforeEach, describe, expect, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { packChart } from '../../scripts/chart-archive.mjs';
import { renderableChart, STUBS, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm } from '../support/helm.ts';

const { name } = model.chart;
const [version = '4.3'] = chosenHelms().toReversed();

/** Files below a folder, by their path. */
function filesIn(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return new Map(files.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

/** Files in an archive of a chart, by their path below its root. */
async function filesInArchive(file: string): Promise<Map<string, string>> {
  const folder = temporaryFolder();
  await extract({ file, cwd: folder });
  expect(readdirSync(folder)).toEqual([name]);
  return filesIn(join(folder, name));
}

describe('the packaged chart', () => {
  const scratch = temporaryFolder();
  const chart = join(scratch, 'chart');
  const pack = (folder: string) => packChart(chart, join(scratch, folder));

  beforeEach(async (context) => {
    if (!(await renderableChart()).real) context.skip(STUBS);
    rmSync(chart, { recursive: true, force: true });
    cpSync('chart', chart, { recursive: true });
  });

  test('has the same bytes, whatever the clone, its clock and its umask', async () => {
    const first = await pack('first');
    for (const path of filesIn(chart).keys()) {
      chmodSync(join(chart, path), 0o600);
      utimesSync(join(chart, path), 1_000_000_000, 1_000_000_000);
    }
    const second = await pack('second');
    expect(second.digest).toBe(first.digest);
    expect(readFileSync(second.file).equals(readFileSync(first.file))).toBe(true);
  });

  test('says nothing of the machine that made it', async () => {
    const entries: Record<string, unknown>[] = [];
    const { file } = await pack('entries');
    await list({
      file,
      onReadEntry: ({ mode, mtime, uid, uname }) => entries.push({ mode, mtime, uid, uname }),
    });
    const all = new Set(entries.map((entry) => JSON.stringify(entry)));
    expect([...all]).toEqual([JSON.stringify({ mode: 0o644, mtime: '1980-01-01T00:00:00.000Z', uname: '' })]);
    // The eight bytes after the mark of gzip: no name, no time, the best compression, no system.
    expect(readFileSync(file).subarray(2, 10).toString('hex')).toBe('08000000000002ff');
  });

  test('has each file as it is here, the archives of its dependencies too, and what .helmignore names not', async () => {
    writeFileSync(join(chart, 'templates', 'note.orig'), 'left behind by an editor');
    mkdirSync(join(chart, 'charts', 'unpacked'));
    writeFileSync(
      join(chart, 'charts', 'unpacked', 'Chart.yaml'),
      'apiVersion: v2\nname: x\nversion: 1.0.0\n',
    );
    const wanted = filesIn('chart');
    for (const path of wanted.keys()) if (path.startsWith('ci/')) wanted.delete(path);
    expect([...wanted.keys()].filter((path) => path.endsWith('.tgz'))).toHaveLength(2);
    expect(await filesInArchive((await pack('content')).file)).toEqual(wanted);
  });

  test('has the files that `helm package` takes', async () => {
    const folder = join(scratch, 'by-helm');
    expect(await helm(version, ['package', chart, '--destination', folder])).toMatchObject({ code: 0 });
    const [archive = ''] = readdirSync(folder);
    const byHelm = await filesInArchive(join(folder, archive));
    const byUs = await filesInArchive((await pack('by-us')).file);
    const own = (files: Map<string, string>) => [...files].filter(([path]) => !path.startsWith('charts/'));
    // Helm writes these two anew.
    const asTheyAre = (files: Map<string, string>) =>
      own(files).filter(([path]) => !/^Chart\.(yaml|lock)$/.test(path));
    expect(own(byUs).map(([path]) => path)).toEqual(own(byHelm).map(([path]) => path));
    expect(asTheyAre(byUs)).toEqual(asTheyAre(byHelm));
  });

  test('is not made of what Helm cannot load', async () => {
    writeFileSync(join(chart, 'charts', 'notes.txt'), 'of nobody');
    await expect(pack('broken')).rejects.toThrow(/^Helm cannot package the chart:\n.*notes\.txt/);
  });

  test('opens with the tar of the machine', async () => {
    const { file } = await pack('plain');
    expect(execFileSync('tar', ['-tzf', file], { encoding: 'utf8' })).toContain(`${name}/Chart.yaml\n`);
  });
});
