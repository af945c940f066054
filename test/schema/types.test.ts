import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('wrong values do not compile, right ones do', () => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '--project', 'test/types'],
    { encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test('the types and the check of a configuration are what the schemas give', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/types.mjs', '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
