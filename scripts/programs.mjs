import { chmod, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { $ as shell } from 'zx';
import { CACHE } from './cache.mjs';
import { vendor } from './charts.mjs';
import { run, UserError } from './run.mjs';

import { chosenHelms, tool } from './tools.mjs';

const $ = shell({ quiet: true });
const CHART = join(import.meta.dirname, '..', 'chart');

/** The programs that the chart runs, by the last part of their image's name. */
const PROGRAMS = {
  jaeger: 'jaeger',
  'opentelemetry-collector-k8s': 'otelcol-k8s',
  'opentelemetry-collector-contrib': 'otelcol-contrib',
};

/**
 * The images of the chart's Deployments, with a preset that brings another one too: what is tested is what is deployed.
 */
async function images() {
  const presets = [[], ['--values', join(CHART, 'presets', 'kafka.yaml')]];
  return (await Promise.all(presets.map(imagesWith))).flat();
}

/** @param {string[]} flags */
async function imagesWith(flags) {
  const helm = await tool(`helm-${chosenHelms().at(-1)}`);
  const { stdout } = await $`${helm} template programs ${CHART} ${flags}`;
  const deployments = parseAllDocuments(stdout)
    .map((document) => document.toJS())
    .filter((object) => object?.kind === 'Deployment');
  return deployments.flatMap(({ spec }) =>
    spec.template.spec.containers.map((/** @type {{ image: string }} */ { image }) => image),
  );
}

/**
 * Copies the program that an image starts, without starting it.
 * @param {string} image
 * @param {string} path
 */
async function extract(image, path) {
  const id = (await $`docker create ${image}`).stdout.trim();
  try {
    const entrypoint = await $`docker inspect --format ${'{{index .Config.Entrypoint 0}}'} ${id}`;
    await $`docker cp ${`${id}:${entrypoint.stdout.trim()}`} ${`${path}.new`}`;
    await chmod(`${path}.new`, 0o755);
    await rename(`${path}.new`, path);
  } finally {
    await $`docker rm ${id}`;
  }
}

await run(import.meta.url, async () => {
  await vendor();
  const folder = join(CACHE, 'programs');
  await mkdir(folder, { recursive: true });
  const found = await images();
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const image = found.find((candidate) => candidate.split('/').at(-1)?.split(/[:@]/)[0] === name);
    if (image === undefined) throw new UserError(`No Deployment of the chart runs an image named ${name}.`);
    await extract(image, join(folder, program)).catch((error) => {
      throw new UserError(
        `${image}: its program cannot be taken out: ${error.stderr?.trim() || error.message}`,
      );
    });
  }
  console.log(folder);
});
