import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { call } from '../../hook/grpc.ts';
import { loginOf } from '../../hook/jaeger-api.ts';
import { freeAddresses, moveJaeger } from '../stack/addresses.ts';
import { localArgs } from '../stack/local.ts';
import { programs, whyNot } from '../stack/programs.ts';
import { renderStack } from '../stack/rendered.ts';
import { ready } from '../stack/stack.ts';
import { type RunningProcess, start } from '../support/processes.ts';

/** As `htpasswd -B` writes it; the password is "correct horse". */
const htpasswd = 'alice:$2y$12$RcEq6PVl2xRgG.IORE/1DuMF38XfhZnX3kvm6vSHL/aMuK/PqeoJC\n';
const secrets = { 'spacelift-telemetry-jaeger': { htpasswd } };
const alice = loginOf('alice', 'correct horse\n') ?? '';
const impostor = loginOf('alice', 'wrong') ?? '';

const missing = await whyNot('jaeger');
const versions = [programs.jaeger, programs.nextJaeger].filter((path) => path !== undefined);

describe.skipIf(missing)(`the UI of real Jaegers${missing}`, () => {
  let running: RunningProcess | undefined;
  let folder: string;
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(running?.log());
    await running?.end('SIGKILL');
    await rm(folder, { recursive: true });
  });

  async function jaeger(path: string, presets: readonly string[], files: readonly string[] = []) {
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
    const addresses = await freeAddresses();
    const args = await localArgs(await renderStack({ presets, values: files }), 'jaeger', folder, secrets);
    running = start(path, [...args, ...moveJaeger(addresses, undefined)]);
    await ready(running, `http://${addresses.jaegerHealth}/status`);
    return {
      get: (at: string, authorization?: string) =>
        fetch(`http://${addresses.query}${at}`, authorization ? { headers: { authorization } } : {}),
      grpc: addresses.queryGrpc,
    };
  }

  test.each(versions)('ask for a login, by HTTP and by gRPC: %s', async (path) => {
    const { get, grpc } = await jaeger(path, ['ui-auth']);
    for (const at of ['/', '/search', '/api/v3/services', '/api/services']) {
      expect([at, (await get(at)).status]).toEqual([at, 401]);
      expect([at, (await get(at, impostor)).status]).toEqual([at, 401]);
      expect([at, (await get(at, alice)).status]).toEqual([at, 200]);
    }
    // What makes a browser ask for the password.
    expect((await get('/')).headers.get('www-authenticate')).toBe('Basic realm="Jaeger"');
    const services = '/jaeger.api_v3.QueryService/GetServices';
    const answer = await call({ address: grpc, path: services, message: new Uint8Array(), timeoutMs: 5000 });
    expect(answer.code).toBe(16); // UNAUTHENTICATED
  });

  test.each(versions)('are served under the base path: %s', async (path) => {
    const { get } = await jaeger(path, [], ['test/golden/ui-ways-in/values.yaml']);
    const answer = await get('/jaeger/api/v3/services', alice);
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringMatching(/^\{/)]);
    // 2.13 answers anything else with the page of the UI, 2.20 with 404: never with the API.
    expect(await (await get('/api/v3/services', alice)).text()).not.toMatch(/^\{/);
  });
});
