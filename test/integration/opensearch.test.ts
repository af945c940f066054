import { afterEach, describe, expect, test } from 'vitest';
import { stackForEach } from '../stack/traffic.ts';
import { type Authority, newAuthority, whatAuthoritiesMiss } from '../support/authority.ts';
import { basic, type Guard, guard } from './guard.ts';
import { address, useServers, whyNot } from './servers.ts';
import { expectKept, login, secretOfStorage } from './storage.ts';

const backend = 'extensions.jaeger_storage.backends.opensearch.opensearch';
const authorization = basic(login.username, login.password);

const missing = await whyNot(['opensearch']);
const noAuthority = await whyNot(['opensearch'], { lacking: whatAuthoritiesMiss });

describe.skipIf(missing)(`Jaeger with OpenSearch${missing}`, () => {
  useServers('opensearch');
  const up = stackForEach();
  let guarded: Guard | undefined;
  afterEach(() => guarded?.close());

  /** Starts Jaeger with this password, before an OpenSearch that asks for the right one. */
  async function logIn(password: string) {
    guarded = await guard(address('opensearch'), { authorization });
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

  describe.skipIf(noAuthority)(`by TLS, with a certificate of a private authority${noAuthority}`, () => {
    /** Starts Jaeger with this authority in its Secret, before an OpenSearch with a certificate of that one. */
    async function connect(trusted: Authority, tls: Authority) {
      guarded = await guard(address('opensearch'), { authorization, tls });
      const existingSecret = 'search-login';
      return up({
        config: {
          storage: { opensearch: { urls: [guarded.url], existingSecret, tls: { caKey: 'ca.crt' } } },
        },
        secrets: { [existingSecret]: { ...login, 'ca.crt': trusted.ca } },
      });
    }

    test('which is in the Secret, finds spans, and finds them again after a restart', async () => {
      const authority = await newAuthority();
      await expectKept(await connect(authority, authority));
    });

    test('does not start when another authority is in the Secret, and says why', async () => {
      const connecting = connect(await newAuthority(), await newAuthority());
      await expect(connecting).rejects.toThrow(/certificate signed by unknown authority/);
    });
  });
});
