import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../generator/config/load.ts';
import { ready } from '../stack/stack.ts';
import { send, stackForEach } from '../stack/traffic.ts';
import { type Browser, browser } from '../support/browser.ts';
import { blocks, textOf } from '../support/documents.ts';
import { jaegerApi } from '../support/jaeger.ts';
import { type OidcProvider, oidcProvider } from '../support/oidc.ts';
import { freePorts, type RunningProcess, start } from '../support/processes.ts';
import { spanCount } from '../support/spans.ts';
import { whyNot } from './servers.ts';
import { freshLoad } from './storage.ts';
import { pinned } from './tools.ts';

/** What the document tells people to write, as it stands there. */
const [telemetry = '', container = ''] = blocks(textOf('docs/presets.md', 'oauth2-proxy in front'), 'yaml');
const recipe = parse(container) as { args: string[]; env: { name: string }[] };

/** What is elsewhere in a test: the provider, Jaeger, and the address that the proxy listens on. */
const NAMED = {
  provider: 'https://login.example.com',
  jaeger: 'http://spacelift-telemetry-jaeger.monitoring.svc.cluster.local:16686',
  listener: '0.0.0.0:4180',
};
const PAGE = 'https://jaeger.example.com/jaeger/search?service=spacelift-server';

const keys: Record<string, string> = {
  OAUTH2_PROXY_CLIENT_SECRET: 'the client secret',
  OAUTH2_PROXY_COOKIE_SECRET: '0123456789abcdef0123456789abcdef',
};

const proxy = await pinned('oauth2-proxy');
const missing = await whyNot([], { lacking: proxy.lacking });

describe.skipIf(missing)(`oauth2-proxy in front of Jaeger, as the document has it${missing}`, () => {
  const up = stackForEach();
  let provider: OidcProvider | undefined;
  let running: RunningProcess | undefined;
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(running?.log());
    await running?.end('SIGKILL');
    provider?.close();
  });

  /** The whole way, and the browser of somebody whom the provider knows by this address. */
  async function stage(email: string) {
    const stack = await up({ config: loadConfig(telemetry, 'telemetry.yaml') });
    const clientSecret = keys['OAUTH2_PROXY_CLIENT_SECRET'] ?? '';
    provider = await oidcProvider({ clientId: 'jaeger', clientSecret, email });
    const [port] = await freePorts(1);
    const moved = [
      [NAMED.provider, provider.url],
      [NAMED.jaeger, stack.ui],
      [NAMED.listener, `127.0.0.1:${port}`],
    ] as const;
    for (const [from] of moved) expect(recipe.args.join(' ')).toContain(from);
    const args = recipe.args.map((arg) => moved.reduce((all, [from, to]) => all.replace(from, to), arg));
    const env = Object.fromEntries(recipe.env.map(({ name }) => [name, keys[name] ?? '']));
    running = start(proxy.path, args, { env });
    await ready(running, `http://127.0.0.1:${port}/ping`);
    return { stack, person: browser({ 'https://jaeger.example.com': `http://127.0.0.1:${port}` }) };
  }

  /** What Jaeger's API says through the proxy; a refusal is an error. */
  const through = (person: Browser) =>
    jaegerApi(async (path) => {
      const answer = await person.ask(`https://jaeger.example.com/jaeger${path}`);
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new Error(`${path} is answered ${answer.status}`);
      return answer.text();
    });

  test('somebody without a login is sent to the provider, comes back to the same page, and finds traces', async () => {
    const { stack, person } = await stage('alice@example.com');
    const load = freshLoad('spacelift-server');
    await send(stack, load);

    const sent = await person.look(PAGE);
    expect(sent.status).toBe(302);
    expect(sent.headers.get('location')).toContain(`${provider?.url}/authorize`);
    await expect(through(person).services()).rejects.toThrow(/401/);

    const { url, answer } = await person.open(PAGE);
    expect([url, answer.status]).toEqual([PAGE, 200]);
    await expect
      .poll(() => through(person).countSpans(load.service), { timeout: 60_000 })
      .toBe(spanCount(load));
  });

  test('somebody of another domain is refused', async () => {
    const { person } = await stage('mallory@example.org');
    const { answer } = await person.open(PAGE);
    expect(answer.status).toBe(403);
    await expect(through(person).services()).rejects.toThrow(/401/);
  });
});
