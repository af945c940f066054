import { basename, join } from 'node:path';
import { $, which } from 'zx';
import { run, UserError } from './run.mjs';
import { install, keyOf } from './tools/install.mjs';
import { isMade, once, TOOLS } from './tools/once.mjs';
import { PINS } from './tools/pins.mjs';

/** @import { Pin } from './tools/pin.mjs' */

/** The Helm versions that the chart must work with: the oldest and the newest of each of the two lines. */
export const HELM_VERSIONS = /** @type {const} */ (['3.17', '3.22', '4.1', '4.3']);

/** @typedef {(typeof HELM_VERSIONS)[number]} HelmVersion */

/**
 * The Helm versions that this run is about: all, or those that SPACELIFT_TELEMETRY_HELM lists (`3.17,4.3`), which
 * lets a CI share them among machines.
 */
export function chosenHelms() {
  const asked = process.env['SPACELIFT_TELEMETRY_HELM'];
  if (!asked) return [...HELM_VERSIONS];
  const chosen = HELM_VERSIONS.filter((version) => asked.split(',').includes(version));
  if (chosen.length === asked.split(',').length) return chosen;
  throw new UserError(`SPACELIFT_TELEMETRY_HELM is "${asked}"; it can list ${HELM_VERSIONS.join(', ')}.`);
}

/** @type {Map<string, Promise<string>>} */
const provided = new Map();

/**
 * The path of a pinned tool: from PATH where that has exactly the pinned version, else from `.tools/bin`,
 * where the first call installs it.
 * @param {string} name `helm-3.17`, `kubectl`, `ct`, …
 */
export function tool(name) {
  const path = provided.get(name) ?? provide(name);
  provided.set(name, path);
  return path;
}

/** @param {string} name */
async function provide(name) {
  const pin = PINS[name];
  if (pin === undefined) {
    throw new UserError(`There is no tool \`${name}\`. The tools are: ${Object.keys(PINS).join(', ')}.`);
  }
  const own = { name, key: await keyOf(pin), product: join(TOOLS, 'bin', name) };
  if (await isMade(own)) return own.product;
  const found = await onPath(name, pin);
  if (found !== undefined) return found;
  try {
    await once(own, () => make(own.product, pin));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const other = pin.ask ? `\nOr put ${pin.command} ${pin.version} on PATH.` : '';
    throw new UserError(`${name} cannot be installed. ${error.message}${other}`);
  }
  return own.product;
}

/**
 * @param {string} path
 * @param {Pin} pin
 */
async function make(path, pin) {
  console.error(`Installing ${basename(path)} (${pin.version}) into .tools, once…`);
  await install(pin, path);
  if (pin.ask && !(await isVersion(path, pin))) {
    throw new Error(`${path} was installed and is not version ${pin.version}.`);
  }
}

/**
 * @param {string} name
 * @param {Pin} pin
 */
async function onPath(name, pin) {
  const found = [name, pin.command].map((command) => which(command, { all: true, nothrow: true }));
  for (const path of (await Promise.all(found)).flatMap((paths) => paths ?? [])) {
    if (await isVersion(path, pin)) return path;
  }
  return undefined;
}

/**
 * @param {string} path
 * @param {Pin} pin
 */
async function isVersion(path, pin) {
  if (!pin.ask) return false;
  const { stdout } = await $({ nothrow: true, quiet: true })`${path} ${pin.ask}`;
  return /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] === pin.version;
}

await run(import.meta.url, async (names) => {
  for (const name of names.length > 0 ? names : Object.keys(PINS)) console.log(`${name} ${await tool(name)}`);
});
