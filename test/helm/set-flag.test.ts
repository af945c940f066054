import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/chart.ts';
import { helm, oldestAndNewest } from '../support/helm.ts';
import { setFlags } from '../support/set-flags.ts';

const folder = temporaryFolder();
mkdirSync(join(folder, 'templates'));
writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: echo\nversion: 0.1.0\n');
writeFileSync(join(folder, 'templates/values.yaml'), '{{ .Values | toJson }}\n');

describe.each(oldestAndNewest())('Helm %s reads', (version) => {
  test.each(setFlags)('$name=$value over $below', async ({ name, value, asString, below = {}, becomes }) => {
    const args = [
      'template',
      folder,
      '--values',
      '-',
      asString ? '--set-string' : '--set',
      `${name}=${value}`,
    ];
    const { code, stdout } = await helm(version, args, { input: JSON.stringify(below) });
    const values = code === 0 ? JSON.parse(stdout.slice(stdout.indexOf('{'))) : undefined;
    expect(values).toEqual(becomes);
  });
});
