import { describe, expect, test } from 'vitest';
import { FakeApi } from './fake-api.ts';
import { deployment, secret } from './fake-objects.ts';
import { choosing, connected, restartsOf, runConnect, runDisconnect, settings, spacelift } from './stage.ts';

const twice = { 'spacelift-server': 2, 'spacelift-drain': 2 };

describe('an uninstall that cannot', () => {
  const byHand = `if Spacelift is still there, run: kubectl patch secret spacelift-shared --namespace spacelift --type merge --patch '{`;

  test.each([
    'get Secret/spacelift-shared',
    'patch Secret/spacelift-shared',
    'patch Deployment/spacelift-drain',
  ])(
    'for want of the right to %s says so with the commands, and is no failure unless that is wanted',
    async (right) => {
      const api = spacelift();
      await runConnect(api);
      api.forbidden.add(right);
      const { code, sentence } = await runDisconnect(api);
      expect(code).toBe(0);
      expect(sentence).toMatch(
        /^(Not disconnected|Disconnected, but not to the end): the hook may not (get|patch) the (Secret|Deployment) .* the Role of/,
      );
      expect(sentence).toContain(byHand);
      expect(sentence).toContain(
        '&& kubectl get deployment spacelift-server spacelift-drain spacelift-scheduler spacelift-vcs-gateway --namespace spacelift --ignore-not-found --output name | xargs kubectl rollout restart --namespace spacelift',
      );
      expect(api.events.at(-1)).toMatchObject({ type: 'Warning', reason: 'SpaceliftNotDisconnected' });
      expect((await runDisconnect(api, choosing({ onDisconnectFailure: 'fail' }))).code).toBe(1);
      api.forbidden.clear();
      expect((await runDisconnect(api)).code).toBe(0);
      expect(api.values()['OBSERVABILITY_VENDOR']).toBe('Disabled');
      expect(restartsOf(api)).toEqual(twice);
    },
  );

  test('tells to put back the vendor that was there, and no value that is back already', async () => {
    const replace = choosing({ existingVendor: 'replace' });
    const make = async () => {
      const api = spacelift({ OBSERVABILITY_VENDOR: 'Datadog' });
      await runConnect(api, 'install', replace);
      return api;
    };
    const closed = await make();
    closed.forbidden.add('patch Secret/spacelift-shared');
    const open = await runDisconnect(closed, replace);
    expect(open.sentence).toMatch(/^Not disconnected: .*"stringData":\{"OBSERVABILITY_VENDOR":"Datadog"\}/);
    const half = await make();
    half.forbidden.add('patch Deployment/spacelift-drain');
    const { sentence } = await runDisconnect(half, replace);
    expect(half.values()['OBSERVABILITY_VENDOR']).toBe('Datadog');
    expect(sentence).toMatch(/^Disconnected, but not to the end: .*"spacelift-telemetry\/owner":null/);
    expect(sentence).not.toContain('OBSERVABILITY_VENDOR');
  });

  test('with a vendor that would send to nobody says to turn it off', async () => {
    const replace = choosing({ existingVendor: 'replace' });
    const api = spacelift({ ...connected, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo:4317' });
    await runConnect(api, 'install', replace);
    api.forbidden.add('patch Secret/spacelift-shared');
    expect((await runDisconnect(api, replace)).sentence).toContain('"OBSERVABILITY_VENDOR":"Disabled"');
  });

  test('since Spacelift is gone says so', async () => {
    const { code, sentence } = await runDisconnect(new FakeApi());
    expect([code, sentence]).toEqual([
      0,
      expect.stringMatching(
        /^Not disconnected: there is no Secret spacelift-shared in namespace spacelift any more; if/,
      ),
    ]);
  });

  test('for one Secret does the other', async () => {
    const names = ['spacelift-shared', 'spacelift-server'];
    const both = { ...settings, spacelift: { ...settings.spacelift, secrets: names } };
    const api = new FakeApi(...names.map((name) => secret(name, {})), deployment('spacelift-drain'));
    await runConnect(api, 'install', both);
    api.forbidden.add('get Secret/spacelift-shared');
    const { sentence } = await runDisconnect(api, both);
    expect(api.values('spacelift-server')).not.toHaveProperty('OBSERVABILITY_VENDOR');
    expect(sentence).toContain('kubectl patch secret spacelift-shared');
    expect(sentence).not.toContain('kubectl patch secret spacelift-server');
  });
});
