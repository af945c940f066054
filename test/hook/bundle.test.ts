import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleHook } from '../../scripts/hook-bundle.mjs';
import type { FakeApi } from './fake-api.ts';
import { httpServer } from './fake-fetch.ts';
import { connected, once as restartedOnce, restartsOf, settings, spacelift } from './stage.ts';

const LARGEST = 64 * 1024;
/** The image's Node, where it is at hand; its permission flag has another name in older ones. */
const node = process.env['NODE24'] ?? process.execPath;
const scripts = await bundleHook();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hook-')));
const open: { close(): unknown }[] = [];
let collector: Server;

beforeAll(async () => {
  for (const [name, text] of Object.entries(scripts)) writeFileSync(join(folder, name), text);
  collector = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  open.push(collector);
});
afterAll(() => {
  for (const server of open) server.close();
  rmSync(folder, { recursive: true });
});

describe('the bundles', () => {
  test.each(Object.entries(scripts))('%s is small, readable, and needs nothing but Node', (_, text) => {
    expect(Buffer.byteLength(text)).toBeLessThan(LARGEST);
    const imported = [...text.matchAll(/^import .* from "([^"]+)"|\bimport\("([^"]+)"/gm)].map(
      (match) => match[1] ?? match[2],
    );
    expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
    expect(text).not.toMatch(/\brequire\(|\beval\(|new Function/);
    expect(text.split('\n').length).toBeGreaterThan(100);
  });
});

describe('the sources', () => {
  const files = readdirSync('hook').map((name) => ({ name, text: readFileSync(join('hook', name), 'utf8') }));

  test.each(files)('$name imports nothing from outside of the hook', ({ text }) => {
    expect(
      [...text.matchAll(/from '([^']+)'/g)]
        .map((match) => match[1])
        .filter((name) => !/^(\.\/|node:)/.test(name ?? '')),
    ).toEqual([]);
  });

  test.each(
    files.filter(({ name }) =>
      /^(plan-|pod-|keeper|appliers|rollout|obstacles|refusals|markers|secret-|state|report|commands|settings)/.test(
        name,
      ),
    ),
  )('$name is pure', ({ text }) => {
    expect(text).not.toMatch(
      /from 'node:|\bfetch\b|Date\.now|new Date\(\)|Math\.random|\bprocess\b|\bawait\b/,
    );
  });
});

/** Runs a script as the pod does, with nothing to read but itself and its settings. */
function start(
  script: string,
  env: Record<string, string>,
): { child: ChildProcess; ended: Promise<{ code: number | null; lines: string[] }> } {
  const permission = ['--permission', '--experimental-permission'].find((flag) =>
    process.allowedNodeEnvironmentFlags.has(flag),
  );
  const flags = [node === process.execPath ? permission : '--permission', `--allow-fs-read=${folder}/*`];
  const child = spawn(
    node,
    [
      ...flags.filter((flag) => flag !== undefined),
      '--no-warnings',
      '--disallow-code-generation-from-strings',
      join(folder, script),
    ],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, lines: text.trim().split('\n') }));
  return { child, ended };
}

const run = (script: string, env: Record<string, string>) => start(script, env).ended;

async function stage(): Promise<{ api: FakeApi; env: Record<string, string> }> {
  const api = spacelift();
  const { url, server } = await httpServer(api);
  open.push({ close: () => server.close().closeAllConnections() });
  const SETTINGS = join(folder, `${open.length}.json`);
  const { port } = collector.address() as { port: number };
  writeFileSync(SETTINGS, JSON.stringify({ ...settings, endpoint: `http://127.0.0.1:${port}` }));
  return { api, env: { KUBERNETES_API: url, SETTINGS } };
}

describe('the programs', () => {
  test('connect, find nothing to do, and disconnect; the last line is the sentence', async () => {
    const { api, env } = await stage();
    const first = await run('connect.mjs', { ...env, RUN: 'install' });
    expect([first.code, first.lines.at(-1)]).toEqual([0, expect.stringMatching(/^Connected: /)]);
    expect(api.values()['OBSERVABILITY_VENDOR']).toBe(connected.OBSERVABILITY_VENDOR);
    expect(restartsOf(api)).toEqual(restartedOnce);
    const second = await run('connect.mjs', { ...env, RUN: 'reconcile' });
    expect([second.code, second.lines.at(-1)]).toEqual([0, expect.stringMatching(/^Nothing to do: /)]);
    const same = { namespace: 'spacelift', secrets: ['spacelift-shared'] };
    const move = await run('disconnect.mjs', { ...env, RUN: 'move', NEXT_TARGETS: JSON.stringify(same) });
    expect(move).toEqual({
      code: 0,
      lines: ['Nothing to disconnect: the next revision has the same targets.'],
    });
    const last = await run('disconnect.mjs', { ...env, RUN: 'delete' });
    expect([last.code, last.lines.at(-1)]).toEqual([0, expect.stringMatching(/^Disconnected: /)]);
    expect(api.values()['OBSERVABILITY_VENDOR']).toBe('Disabled');
  });

  test('end with a sentence on settings that are wrong or missing', async () => {
    const missing = { SETTINGS: join(folder, 'none.json') };
    const [install, rollback, word, move, remove] = await Promise.all([
      run('connect.mjs', { ...missing, RUN: 'install' }),
      run('connect.mjs', { ...missing, RUN: 'rollback' }),
      run('connect.mjs', { RUN: 'sometimes' }),
      run('disconnect.mjs', { ...missing, RUN: 'move', NEXT_TARGETS: '{}' }),
      run('disconnect.mjs', { ...missing, RUN: 'delete' }),
    ]);
    expect([install.code, install.lines.at(-1)]).toEqual([1, expect.stringContaining('ENOENT')]);
    expect([rollback.code, rollback.lines.at(-1)]).toEqual([0, install.lines.at(-1)]);
    expect(word.lines.at(-1)).toContain(
      'RUN must be one of install, upgrade, rollback, reconcile, check, not "sometimes"',
    );
    expect(move.code).toBe(0);
    expect([remove.code, remove.lines.at(-1)]).toEqual([0, expect.stringMatching(/^Not disconnected: /)]);
  });

  test('stop at once on a signal, and verify says which hop broke', async () => {
    const { api, env } = await stage();
    api.fault = () => ({ status: 503 });
    const { child, ended } = start('connect.mjs', { ...env, RUN: 'install' });
    while (api.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGTERM');
    const { code, lines } = await ended;
    expect([code, lines]).toEqual([143, [expect.stringMatching(/^Stopped by a signal/)]]);
    const verify = await run('verify.mjs', { COLLECTOR: '127.0.0.1:1', TIMEOUT_SECONDS: '1' });
    expect([verify.code, verify.lines.at(-1)]).toEqual([
      1,
      expect.stringContaining('not reachable at 127.0.0.1:1'),
    ]);
  });
});
