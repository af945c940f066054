import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { model } from '../../generator/model.ts';
import { renderableChart, STUBS, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, helm } from '../support/helm.ts';
import { run } from '../support/processes.ts';
import { ProjectCopy } from '../support/project-copy.ts';
import { type Registry, startRegistry } from '../support/registry.ts';

const { name, version } = model.chart;
const sum = (bytes: string | Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const folder = temporaryFolder();
const copy = new ProjectCopy(temporaryFolder());
let registry: Registry;
let real: boolean;

beforeAll(async () => {
  ({ real } = await renderableChart());
  registry = await startRegistry(folder);
  await copy.commit('2026-01-02T03:04:05Z');
});
afterAll(() => registry?.stop());

/** Publishes the copy's chart as a person would. */
const publish = (...args: string[]) =>
  run(process.execPath, ['scripts/publish-chart.mjs', ...args], { cwd: copy.folder });

/** Publishes it to the registry on the loopback. */
const publishTo = (path: string) => publish(`${registry.address}/${path}`, '--plain-http');

/** What is printed when it goes well. */
function digestsIn(stdout: string): { manifest: string; layer: string } {
  const [, manifest = '', layer = ''] =
    /\nDigest: (sha256:\w{64})\nArchive: (sha256:\w{64})\n$/.exec(stdout) ?? [];
  return { manifest, layer };
}

const needsCharts = (context: TestContext) => {
  if (!real) context.skip(STUBS);
};

describe('npm run publish:chart', () => {
  test('pushes what every Helm pulls: one digest, and the chart that lies here', async (context) => {
    needsCharts(context);
    const { code, stdout, stderr } = await publishTo('charts');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Pushed: ${registry.address}/charts/${name}:${version}\n`);
    const { manifest, layer } = digestsIn(stdout);
    const stored = await registry.stored(`charts/${name}`, version);
    expect([stored.digest, sum(stored.manifest)]).toEqual([manifest, manifest]);
    expect(JSON.parse(stored.manifest).layers).toMatchObject([{ digest: layer }]);

    for (const helmVersion of chosenHelms()) {
      const there = join(folder, helmVersion);
      const where = ['--version', version, '--plain-http', '--destination', there];
      mkdirSync(there);
      // A cache of its own: Helm 4 keeps what it has pulled.
      const env = { HELM_CACHE_HOME: there };
      const pulled = await helm(helmVersion, ['pull', `${registry.address}/charts/${name}`, ...where], {
        env,
      });
      expect(pulled.stdout + pulled.stderr).toContain(`Digest: ${manifest}\n`);
      const archive = join(there, `${name}-${version}.tgz`);
      expect(sum(readFileSync(archive))).toBe(layer);
      const [published, here] = await Promise.all(
        [archive, 'chart'].map((chart) =>
          helm(helmVersion, ['template', 'test', chart, '--namespace', 'there']),
        ),
      );
      expect(published).toMatchObject({ code: 0, stderr: '' });
      expect(published).toEqual(here);
    }
  });

  test('gives one commit one manifest, wherever and whenever it is pushed', async (context) => {
    needsCharts(context);
    const first = digestsIn((await publishTo('first')).stdout);
    process.env['TZ'] = 'Asia/Tokyo';
    const second = digestsIn((await publishTo('second')).stdout);
    delete process.env['TZ'];
    expect(second).toEqual(first);
    expect(JSON.parse((await registry.stored(`first/${name}`, version)).manifest).annotations).toMatchObject({
      'org.opencontainers.image.created': '2026-01-02T03:04:05Z',
    });
  });

  test('takes the same content for done, whichever commit and program pushed it', async (context) => {
    needsCharts(context);
    const archive = join(folder, chosenHelms()[0] ?? '', `${name}-${version}.tgz`);
    const other = ['push', archive, `${registry.address}/other`, '--plain-http'];
    expect(await helm(chosenHelms()[0] ?? '4.3', other)).toMatchObject({ code: 0 });
    const { digest } = await registry.stored(`other/${name}`, version);
    await copy.commit('2026-02-03T04:05:06Z');
    const { code, stdout } = await publishTo('other');
    expect(code).toBe(0);
    expect(stdout).toContain(
      `Already there, with the same content: ${registry.address}/other/${name}:${version}\n`,
    );
    expect(digestsIn(stdout).manifest).toBe(digest);
    expect(await registry.stored(`other/${name}`, version)).toMatchObject({ digest });
  });

  test('leaves a version alone that is there with other content', async (context) => {
    needsCharts(context);
    await publishTo('taken');
    const before = await registry.stored(`taken/${name}`, version);
    appendFileSync(join(copy.folder, 'generator/templates/NOTES.txt'), 'One more line.\n');
    await copy.run('npm', 'run', '--silent', 'generate');
    await copy.commit('2026-03-04T05:06:07Z');
    const { code, stderr } = await publishTo('taken');
    expect(code).toBe(1);
    expect(stderr).toContain(`/taken/${name}:${version} is there already, with other content: sha256:`);
    expect(stderr).toContain('raise `version` in package.json, run `npm run generate`, and commit.\n');
    expect(await registry.stored(`taken/${name}`, version)).toEqual(before);
  });
});

describe('npm run publish:chart refuses', () => {
  test.each([
    [[], 'Usage: npm run publish:chart -- oci://HOST/PATH'],
    [['oci://a/b', 'oci://c/d'], 'Usage: npm run publish:chart -- oci://HOST/PATH'],
    [['https://ghcr.io/charts'], '"https://ghcr.io/charts" is no address of a registry.'],
    [['ghcr.io/charts'], '"ghcr.io/charts" is no address of a registry.'],
    [['oci://ghcr.io/charts:1.0.0'], '"oci://ghcr.io/charts:1.0.0" is no address of a registry.'],
    [['oci://ghcr.io/charts', '--force'], "Unknown option '--force'"],
  ])('%j', async (args, message) => {
    const { code, stderr } = await publish(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('a password in the address, and does not repeat it', async () => {
    const { code, stdout, stderr } = await publish('oci://me:s3cret@ghcr.io/charts');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('helm registry login HOST');
    expect(stderr).not.toContain('s3cret');
  });

  test('a chart that is not what the generator makes', async () => {
    appendFileSync(join(copy.folder, 'chart/values.yaml'), '\n');
    const { code, stderr } = await publishTo('refused');
    expect(code).toBe(1);
    expect(stderr).toContain('chart/values.yaml: differs from what the generator makes');
    expect(stderr).toContain('Run `npm run generate`, and commit what it changes.\n');
    await copy.run('git', 'checkout', '--', 'chart');
  });

  test('a chart that no commit has', async () => {
    appendFileSync(join(copy.folder, 'generator/templates/NOTES.txt'), 'And one more.\n');
    await copy.run('npm', 'run', '--silent', 'generate');
    const { code, stderr } = await publishTo('refused');
    expect(code).toBe(1);
    expect(stderr).toContain('In chart/ are changes that no commit has:\n M chart/templates/NOTES.txt\n');
    await copy.run('git', 'checkout', '--', '.');
  });

  test('a chart without its dependencies', async (context) => {
    needsCharts(context);
    const charts = join(copy.folder, 'chart/charts');
    renameSync(charts, `${folder}/charts`);
    const { code, stderr } = await publishTo('refused');
    expect(code).toBe(1);
    expect(stderr).toContain(`Not in the chart's charts/ folder: jaeger ${model.jaeger.version}, `);
    expect(stderr).toContain('npm run charts');
    renameSync(`${folder}/charts`, charts);
  });

  test('a registry that cannot be asked, instead of taking it for an empty one', async (context) => {
    needsCharts(context);
    const { code, stderr } = await publish('oci://127.0.0.1:1/charts', '--plain-http');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Whether oci:\/\/127\.0\.0\.1:1\/charts has .* cannot be seen:\n.*connection refused/,
    );
    expect(stderr).toContain('helm registry login HOST');
  });
});
