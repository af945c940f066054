import { describe, test } from 'vitest';
import { stackForEach } from '../stack/traffic.ts';
import { address, useServers, whyNot } from './servers.ts';
import { expectKept, secrets } from './storage.ts';

const backend = 'extensions.jaeger_storage.backends.opensearch.opensearch';

const missing = await whyNot(['opensearch']);

describe.skipIf(missing)(`Jaeger with OpenSearch${missing}`, () => {
  useServers('opensearch');
  const up = stackForEach();

  test('finds spans, and finds them again after a restart', async () => {
    const servers = `--set=${backend}.server_urls=[${address('opensearch')}]`;
    await expectKept(await up({ presets: ['opensearch'], secrets, jaegerSettings: [servers] }));
  });
});
