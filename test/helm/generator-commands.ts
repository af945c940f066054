import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { blocks, textOf } from '../support/documents.ts';

type Proof = [RegExp, ((command: string) => unknown)[]];

/**
 * What proves the commands of our own program.
 *
 * @param scratch - the folder in which a document's files are
 */
export function generatorProofs(scratch: string): Proof[] {
  function run(args: string) {
    const program = join(process.cwd(), 'dist/cli.js');
    return spawnSync(process.execPath, [program, ...args.split(' ')], { cwd: scratch, encoding: 'utf8' });
  }

  /** Leaves what the command redirects for the next one. */
  function redirects(command: string) {
    const [, args = '', target = ''] = /^node dist\/cli\.js (.*?) > (.*)$/.exec(command) ?? [];
    const made = run(args);
    expect(made).toMatchObject({ status: 0 });
    writeFileSync(join(scratch, target), made.stdout);
    return made;
  }

  function migrates(command: string) {
    const { stdout, stderr } = redirects(command);
    expect(stdout).toContain('existingClaim: jaeger-badger');
    expect(stderr).toContain(
      'http://jaeger-collector:4317 is a Service that the jaeger chart no longer makes',
    );
  }

  /** The files that it names are right: those of the repository, those of the document, and those that it made. */
  function validates(command: string) {
    const args = command.replace('node dist/cli.js ', '').replaceAll(' chart/', ` ${process.cwd()}/chart/`);
    expect(run(args)).toMatchObject({ status: 0, stderr: '' });
  }

  /** Makes values of a document's first configuration, in which are these sizes. */
  const makesValues =
    (document: string, ...sizes: string[]) =>
    (command: string) => {
      const config = blocks(textOf(document), 'yaml').find((block) => block.startsWith('# telemetry.yaml'));
      writeFileSync(join(scratch, 'telemetry.yaml'), config ?? '');
      const { stdout } = redirects(command);
      for (const size of sizes) {
        expect(stdout).toMatch(new RegExp(`(size|storage): ${size}Gi`));
        if (document !== 'README.md') expect(textOf(document)).toContain(`${size} GiB`);
      }
    };

  return [
    [/^node dist\/cli\.js migrate /, [migrates]],
    [/^node dist\/cli\.js validate /, [validates]],
    [/^node dist\/cli\.js values --config migrated\.yaml /, [redirects]],
    [/^node dist\/cli\.js values .* sized-values\.yaml$/, [makesValues('docs/presets.md', '64', '5')]],
    [/^node dist\/cli\.js values /, [makesValues('README.md', '74')]],
  ];
}
