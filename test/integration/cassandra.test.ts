import { describe, test } from 'vitest';
import { stackForEach } from '../stack/traffic.ts';
import { address, useServers, whyNot } from './servers.ts';
import { expectKept, secretOfStorage } from './storage.ts';

const connection = 'extensions.jaeger_storage.backends.cassandra.cassandra.connection';

const missing = await whyNot(['cassandra']);

describe.skipIf(missing)(`Jaeger with Cassandra${missing}`, () => {
  useServers('cassandra');
  const up = stackForEach();

  test('makes its tables, finds spans, and finds them again after a restart', async () => {
    const [host, port] = address('cassandra').split(':');
    const settings = [`--set=${connection}.servers=[${host}]`, `--set=${connection}.port=${port}`];
    await expectKept(
      await up({ presets: ['cassandra'], secrets: secretOfStorage(), jaegerSettings: settings }),
    );
  });
});
