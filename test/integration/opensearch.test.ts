import { afterEach, describe, expect, test } from 'vitest';
import { stackForEach } from '../stack/traffic.ts';
import { type Guard, guard } from './guard.ts';
import { address, useServers, whyNot } from './servers.ts';
import { expectKept, login, secretOfStorage } from './storage.ts';

const backend = 'extensions.jaeger_storage.backends.opensearch.opensearch';

const missing = await whyNot(['opensearch']);

describe.skipIf(missing)(`Jaeger with OpenSearch${missing}`, () => {
  useServers('opensearch');
  const up = stackForEach();
  let guarded: Guard | undefined;
  afterEach(() => guarded?.close());

  /** Starts Jaeger with this password, before an OpenSearch that asks for the right one. */
  async function logIn(password: string) {
    guarded = await guard(address('opensearch'), login.username, login.password);
    return up({
      presets: ['opensearch'],
      secrets: secretOfStorage({ ...login, password }),
      jaegerSettings: [`--set=${backend}.server_urls=[${guarded.url}]`],
    });
  }

  test('logs in with the Secret, finds spans, and finds them again after a restart', async () => {
    await expectKept(await logIn(login.password));
  });

  test('does not start with another password, and says why', async () => {
    await expect(logIn('another')).rejects.toThrow(/401/);
  });
});
