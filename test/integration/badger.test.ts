import { describe, test } from 'vitest';
import { stackForEach } from '../stack/traffic.ts';
import { whyNot } from './servers.ts';
import { expectKept } from './storage.ts';

const missing = await whyNot();

describe.skipIf(missing)(`Jaeger with Badger${missing}`, () => {
  const up = stackForEach();

  test('finds spans, and finds them again after a restart', async () => {
    await expectKept(await up({ presets: ['badger'] }));
  });
});
