import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the tools live; git ignores it. */
export const TOOLS = join(import.meta.dirname, '..', '..', '.tools');

/**
 * Something to make: `key` says what it is made from.
 * @typedef {{ name: string, key: string, product: string }} What
 */

/**
 * Makes `product` unless it is there and was made with the same `key`. However many processes ask, one makes it
 * and the others wait. The stamp is written last, so what a dead process left half-made is made anew.
 * @param {What} what
 * @param {() => Promise<void>} make
 */
export async function once(what, make) {
  await locked(join(TOOLS, 'locks', what.name), async () => {
    if (await isMade(what)) return;
    await rm(stampOf(what.name), { force: true });
    await mkdir(dirname(what.product), { recursive: true });
    await make();
    await writeWhole(stampOf(what.name), what.key);
  });
}

/**
 * Whether `once` has nothing to do.
 * @param {What} what
 */
export async function isMade({ name, key, product }) {
  return existsSync(product) && (await readFile(stampOf(name), 'utf8').catch(() => '')) === key;
}

/** @param {string} name */
const stampOf = (name) => join(TOOLS, 'stamps', name);

/**
 * @param {string} lock a file that holds the id of the process that has it
 * @param {() => Promise<void>} action
 */
async function locked(lock, action) {
  while (!(await take(lock))) await sleep(200);
  try {
    await action();
  } finally {
    await rm(lock, { force: true });
  }
}

/**
 * Takes the lock by linking a file that is already written, so that nobody ever sees a lock without its holder.
 * @param {string} lock
 */
async function take(lock) {
  const mine = `${lock}.${randomUUID()}`;
  await mkdir(dirname(lock), { recursive: true });
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, lock);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    const holder = Number(await readFile(lock, 'utf8').catch(() => process.pid));
    if (!runs(holder)) await rm(lock, { force: true });
    return false;
  } finally {
    await rm(mine, { force: true });
  }
}

/** @param {number} pid */
function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Writes a file so that a reader finds the old text or the new, never a part.
 * @param {string} file
 * @param {string} text
 */
async function writeWhole(file, text) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
