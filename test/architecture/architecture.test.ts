import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PROJECT } from '../../generator/config/pins.ts';

/** What git knows, or would after `git add`: generated and ignored files are nobody's to judge. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');
const read = (path: string) => readFileSync(path, 'utf8');
const generated = /^(schema\/types|chart)\//;
const code = files.filter((path) => /\.(ts|mjs)$/.test(path) && !generated.test(path));

/** The layer of a file of the generator: its folder, or its own name at the top. */
const layerOf = (path: string) => /^(?:generator\/)?([^/.]+)/.exec(path)?.[1] ?? path;

/** The arrows of the design: what each layer may import. Everything may use the types and the errors. */
const arrows: Record<string, readonly string[]> = {
  cli: ['commands', 'config', 'features', 'model', 'render', 'sink', 'text'],
  commands: ['config', 'features', 'library', 'migrate', 'model', 'render', 'sink', 'text', 'validate'],
  index: ['config', 'features', 'library', 'migrate', 'model', 'render', 'validate', 'values'],
  library: ['config', 'features', 'model', 'text', 'validate'],
  sink: ['render', 'text'],
  render: ['config', 'features', 'model', 'text', 'templates', 'dist'],
  features: ['model', 'values'],
  values: ['model', 'text'],
  model: ['config', 'package'],
  config: ['text'],
  validate: ['config', 'model', 'text', 'values'],
  migrate: ['config', 'model', 'text', 'validate', 'values'],
  text: [],
  errors: [],
};
const everywhere = ['schema', 'errors'];

/** Paths, from the root of the project, that a file imports of it. */
function importsOf(path: string): string[] {
  const specifiers = [...read(path).matchAll(/(?:from|import)\s+'(\.[^']+)'/g)].map(
    ([, specifier]) => specifier ?? '',
  );
  return specifiers.map((specifier) => new URL(specifier, `file:///${path}`).pathname.slice(1));
}

describe('the architecture', () => {
  const generator = code.filter((path) => path.startsWith('generator/') && !path.endsWith('.d.ts'));

  test.each(generator)('%s imports only what its layer may', (path) => {
    const layer = layerOf(path);
    const allowed = [...(arrows[layer] ?? []), ...everywhere, layer];
    expect(importsOf(path).filter((target) => !allowed.includes(layerOf(target)))).toEqual([]);
  });

  test.each(
    generator.filter((path) =>
      /^generator\/(render|features|values|validate|migrate|library|text|model)/.test(path),
    ),
  )('%s is pure', (path) => {
    const effects = /\bprocess\.|\bDate\b|Math\.random|performance\.|'(node:(?!crypto')[^']*|zx)'|\bfetch\(/;
    expect(read(path).match(effects)?.[0]).toBeUndefined();
  });

  test.each(code.filter((path) => path.startsWith('hook/')))(
    '%s runs in a cluster: nothing of ours but hook/',
    (path) => {
      expect(importsOf(path).filter((target) => !target.startsWith('hook/'))).toEqual([]);
      expect(read(path)).not.toMatch(/from '(?!\.|node:)/);
    },
  );

  test.each(code)('%s has at most 150 lines', (path) => {
    expect(read(path).split('\n').length).toBeLessThanOrEqual(path.startsWith('test/') ? 200 : 150);
  });

  test('all documents say that the project lives where PROJECT says', () => {
    const addresses = files
      .filter((path) => /\.(md|ya?ml|json|hbs)$/.test(path))
      .flatMap((path) =>
        [...read(path).matchAll(/github(?:usercontent)?\.com\/([\w-]+\/spacelift-telemetry)\b/g)].map(
          ([, address]) => `${path}: ${address}`,
        ),
      );
    const own = new URL(PROJECT.repository).pathname.slice(1);
    expect(addresses).toContain(`package.json: ${own}`);
    expect(addresses.filter((address) => !address.endsWith(`: ${own}`))).toEqual([]);
  });

  test('nothing is called utils, helpers or common', () => {
    const vague = files.filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.(ts|mjs)$)/.test(path));
    expect(vague).toEqual([]);
  });

  test.each(files.filter((path) => /^generator\/templates\/.*\.tpl/.test(path)))(
    '%s defines only prefixed names',
    (path) => {
      const names = [...read(path).matchAll(/define "([^"]+)"/g)].map(([, name]) => name ?? '');
      expect(names.filter((name) => !name.startsWith('spacelift-telemetry.'))).toEqual([]);
    },
  );
});
