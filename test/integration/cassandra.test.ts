import { afterEach, describe, expect, test } from 'vitest';
import { stackForEach } from '../stack/traffic.ts';
import { type Authority, newAuthority, whatAuthoritiesMiss } from '../support/authority.ts';
import { type Guard, tlsGuard } from './guard.ts';
import { address, useServers, whyNot } from './servers.ts';
import { expectKept, login, secretOfStorage } from './storage.ts';

const connection = 'extensions.jaeger_storage.backends.cassandra.cassandra.connection';

const missing = await whyNot(['cassandra']);
const noAuthority = await whyNot(['cassandra'], { lacking: whatAuthoritiesMiss });

describe.skipIf(missing)(`Jaeger with Cassandra${missing}`, () => {
  useServers('cassandra');
  const up = stackForEach();

  /** What differs from a cluster, where servers have names with a dot. */
  const at = (server: string) => {
    const [host, port] = server.split(':');
    return [`--set=${connection}.servers=[${host}]`, `--set=${connection}.port=${port}`];
  };

  test('makes its tables, finds spans, and finds them again after a restart', async () => {
    const jaegerSettings = at(address('cassandra'));
    await expectKept(await up({ presets: ['cassandra'], secrets: secretOfStorage(), jaegerSettings }));
  });

  describe.skipIf(noAuthority)(`by TLS, with a certificate of a private authority${noAuthority}`, () => {
    let guarded: Guard | undefined;
    afterEach(() => guarded?.close());

    /** Jaeger with this authority in its Secret, before a server with a certificate of that one. */
    async function connect(trusted: Authority, tls: Authority) {
      guarded = await tlsGuard(address('cassandra'), tls);
      return up({
        config: {
          storage: {
            cassandra: {
              servers: ['cassandra.databases.svc.cluster.local'],
              datacenter: 'datacenter1',
              existingSecret: 'cassandra-login',
              tls: { enabled: true, caKey: 'ca.crt' },
            },
          },
        },
        secrets: { 'cassandra-login': { ...login, 'ca.crt': trusted.ca } },
        jaegerSettings: at(guarded.url),
      });
    }

    test('which is in the Secret, finds spans, and finds them again after a restart', async () => {
      const authority = await newAuthority();
      await expectKept(await connect(authority, authority));
    });

    test('does not start when another authority is in the Secret, and says why', async () => {
      await expect(connect(await newAuthority(), await newAuthority())).rejects.toThrow(
        /certificate signed by unknown authority/,
      );
    });
  });
});
