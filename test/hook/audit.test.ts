import { expect, test } from 'vitest';
import type { FakeApi } from './fake-api.ts';
import { deployment, EPOCH } from './fake-objects.ts';
import { choosing, runConnect, runDisconnect, settings, spacelift } from './stage.ts';

/** What was written of objects, but for our name in the list of who owns what, and what Events say of them. */
function written(api: FakeApi): { changed: string[]; told: string[] } {
  const changes = api.writes().filter(({ patch }) => patch === 'merge');
  return {
    changed: [...new Set(changes.map(({ kind, name }) => `${kind}/${name}`))].sort(),
    told: [...new Set(api.events.map(({ involvedObject: { kind, name } }) => `${kind}/${name}`))].sort(),
  };
}

test('an Event stands on each object that was touched, by which release and revision, to the end', async () => {
  const api = spacelift();
  await runConnect(api);
  const young = deployment('spacelift-scheduler');
  young.metadata.creationTimestamp = new Date(EPOCH + 3_600_000).toISOString();
  api.objects.set('Deployment/spacelift-scheduler', young);
  await runConnect(api, 'upgrade');
  await runDisconnect(api, { ...settings, release: { ...settings.release, revision: 4 } });
  const { changed, told } = written(api);
  expect(told).toEqual(changed);
  expect(changed).toHaveLength(4);
  for (const { message } of api.events) {
    expect(message).toMatch(/ By the release st in namespace monitoring, revision [34]\.$/);
  }
  const reasons = api.events.map(({ reason, involvedObject: { name } }) => `${reason} ${name}`);
  expect(reasons).toContain('SpaceliftNoted spacelift-scheduler');
  expect(api.events[0]?.message).toContain(
    'done: set OBSERVABILITY_VENDOR to OpenTelemetry (was Disabled) and',
  );
});

test('so does one on a Secret that an uninstall only marks, and the end of a long one stays', async () => {
  const api = spacelift();
  await runDisconnect(api);
  expect(written(api)).toEqual({ changed: ['Secret/spacelift-shared'], told: ['Secret/spacelift-shared'] });
  const endpoint = `http://${'x'.repeat(2000)}:4317`;
  await runConnect(api, 'install', { ...choosing({}), endpoint });
  const message = api.events.at(-1)?.message ?? '';
  expect(message).toHaveLength(1024);
  expect(message).toMatch(/ By the release st in namespace monitoring, revision 3\.$/);
});
