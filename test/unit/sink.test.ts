import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../generator/errors.ts';
import { checkChart } from '../../generator/sink/check.ts';
import { writeChart } from '../../generator/sink/write.ts';
import { banner } from '../../generator/text/banner.ts';

const file = (path: string, text: string) => ({ path, content: banner('hash') + text });
const chart = [file('Chart.yaml', 'name: x\n'), file('templates/a.yaml', 'a: 1\n')];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chart-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('writeChart', () => {
  test('makes folders and writes what is missing', () => {
    const { missing, changed, stray } = writeChart(join(folder, 'new'), chart);
    expect([missing.length, changed.length, stray.length]).toEqual([2, 0, 0]);
    expect(readFileSync(join(folder, 'new/templates/a.yaml'), 'utf8')).toBe(chart[1]?.content);
  });

  test('does not touch equal files, and removes its own that are gone from the chart', () => {
    writeChart(folder, [...chart, file('templates/old.yaml', '')]);
    const before = statSync(join(folder, 'Chart.yaml')).mtimeMs;
    expect(writeChart(folder, chart)).toEqual({ missing: [], changed: [], stray: ['templates/old.yaml'] });
    expect(existsSync(join(folder, 'templates/old.yaml'))).toBe(false);
    expect(statSync(join(folder, 'Chart.yaml')).mtimeMs).toBe(before);
  });

  test("refuses a folder with somebody else's files, names each, and writes nothing", () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    writeFileSync(join(folder, 'sub/letter.txt'), 'mine');
    expect(() => writeChart(folder, chart)).toThrow(UserError);
    expect(() => writeChart(folder, chart)).toThrow(
      /letter\.txt: was not made by this generator[\s\S]*thesis\.txt: was not/,
    );
    expect(readdirSync(folder).sort()).toEqual(['sub', 'thesis.txt']);
  });

  test('leaves vendored dependencies alone', () => {
    mkdirSync(join(folder, 'charts'));
    writeFileSync(join(folder, 'charts/jaeger.tgz'), 'archive');
    writeChart(folder, chart);
    expect(existsSync(join(folder, 'charts/jaeger.tgz'))).toBe(true);
  });

  test('leaves the folder as it was when it cannot write to the end', () => {
    writeChart(folder, chart);
    writeFileSync(join(folder, 'templates/a.yaml'), chart[1]?.content ?? '');
    mkdirSync(join(folder, 'zz.yaml.tmp')); // the temporary name of the last file is taken by a folder
    const next = [file('Chart.yaml', 'name: y\n'), ...chart.slice(1), file('zz.yaml', '')];
    expect(() => writeChart(folder, next)).toThrow(/EISDIR/);
    expect(readFileSync(join(folder, 'Chart.yaml'), 'utf8')).toBe(chart[0]?.content);
    expect(existsSync(join(folder, 'Chart.yaml.tmp'))).toBe(false);
  });
});

describe('checkChart', () => {
  test('is content with an equal folder', () => {
    writeChart(folder, chart);
    expect(() => checkChart(folder, chart, 'mend')).not.toThrow();
  });

  test('says of each file what drifted and what mends it, and changes nothing', () => {
    writeChart(folder, [...chart, file('old.yaml', '')]);
    writeFileSync(join(folder, 'Chart.yaml'), `${banner('hash')}name: edited\n`);
    rmSync(join(folder, 'templates/a.yaml'));
    chmodSync(folder, 0o755);
    expect(() => checkChart(folder, chart, 'mend it')).toThrow(
      [
        `${folder}/templates/a.yaml: is missing; run: mend it`,
        `${folder}/Chart.yaml: differs from what the generator makes; run: mend it`,
        `${folder}/old.yaml: is no longer part of the chart; run: mend it`,
      ].join('\n'),
    );
    expect(existsSync(join(folder, 'old.yaml'))).toBe(true);
  });
});
