import { describe, expect, test } from 'vitest';
import { FakeApi } from './fake-api.ts';
import { base64, deployment, secret } from './fake-objects.ts';
import { choosing, connected, OURS, once, restartsOf, runConnect, settings, spacelift } from './stage.ts';

const shared = 'the Secret spacelift-shared in namespace spacelift';

/** Runs connect, which must refuse and touch nothing, and returns its last line, which is an Event too. */
async function refusal(api: FakeApi, chosen = settings) {
  const { code, sentence, log } = await runConnect(api, 'install', chosen);
  expect(code).toBe(1);
  expect(api.writes()).toEqual([]);
  expect(restartsOf(api)).toEqual({});
  expect(log.at(-1)).toBe(sentence);
  expect(sentence).not.toContain('\n');
  expect(api.events.at(-1)).toMatchObject({
    type: 'Warning',
    reason: 'SpaceliftNotConnected',
    message: `${sentence} By the release st in namespace monitoring, revision 3.`,
  });
  return sentence;
}

describe('connect refuses', () => {
  test('a Secret that is not there', async () => {
    const api = new FakeApi(deployment('spacelift-server'));
    expect(await refusal(api)).toBe(
      "Not connected: there is no Secret spacelift-shared in namespace spacelift; create it, or set spacelift.secrets and spacelift.namespace to what Spacelift reads (kubectl --namespace spacelift get deployment spacelift-server --output jsonpath='{..envFrom[*].secretRef.name}').",
    );
    expect(api.events[0]?.involvedObject).toMatchObject({ kind: 'Secret', name: 'spacelift-shared' });
  });

  test('when none of the Deployments is there, and names them', async () => {
    expect(await refusal(new FakeApi(secret('spacelift-shared', {})))).toBe(
      "Not connected: none of the Deployments spacelift-server, spacelift-drain, spacelift-scheduler or spacelift-vcs-gateway is in namespace spacelift; set spacelift.deployments and spacelift.namespace to Spacelift's own (kubectl get deployments --namespace spacelift).",
    );
  });

  test('both at once, each on its own line and as its own Event', async () => {
    const api = new FakeApi();
    const { log } = await runConnect(api);
    expect(log).toEqual([
      expect.stringMatching(/no Secret/),
      expect.stringMatching(/none of the Deployments/),
    ]);
    expect(api.events).toHaveLength(2);
  });

  test.each(['Datadog', 'AWS'])('the vendor %s, with both ways out', async (vendor) => {
    expect(await refusal(spacelift({ OBSERVABILITY_VENDOR: vendor }))).toBe(
      `Not connected: ${shared} already sends telemetry elsewhere (OBSERVABILITY_VENDOR is ${vendor}); set spacelift.connect.existingVendor: replace to end that and put it back on uninstall, or unset OBSERVABILITY_VENDOR in that Secret and run helm upgrade.`,
    );
  });

  test('OpenTelemetry at an endpoint that is not ours, which it does not say', async () => {
    const foreign = { ...connected, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://tempo.grafana:4317' };
    const sentence = await refusal(spacelift(foreign));
    expect(sentence).toContain('OBSERVABILITY_VENDOR is OpenTelemetry at another endpoint');
    expect(sentence).not.toContain('tempo');
    expect(await refusal(spacelift({ OBSERVABILITY_VENDOR: 'OpenTelemetry' }))).toContain('elsewhere');
  });

  test('a Secret of another release', async () => {
    const api = spacelift();
    await runConnect(api, 'install', {
      ...settings,
      release: { name: 'first', namespace: 'tracing', revision: 1 },
    });
    const writes = api.writes().length;
    const { code, sentence } = await runConnect(api);
    expect([code, api.writes().length]).toEqual([1, writes]);
    expect(sentence).toBe(
      `Not connected: ${shared} is connected by the release first in namespace tracing; uninstall that one (helm uninstall first --namespace tracing), or, if it is gone already, set spacelift.connect.takeOver: true.`,
    );
  });

  test.each(['data', 'stringData'])('keys that somebody applies on the server as %s', async (field) => {
    const api = spacelift({});
    api.apply('spacelift-shared', { OBSERVABILITY_VENDOR: 'Disabled' }, 'argocd-controller', field);
    expect(await refusal(api)).toBe(
      `Not connected: OBSERVABILITY_VENDOR of ${shared} is applied by "argocd-controller" (Argo CD), which would put the old value back; set OBSERVABILITY_VENDOR=OpenTelemetry and OTEL_EXPORTER_OTLP_ENDPOINT=${OURS} in the Git repository that Argo CD applies, apply it, and run helm upgrade, or write the Secret all the same with spacelift.connect.managedSecret: patch.`,
    );
    // That way out works: there is nothing to write then, and only the restarts are left.
    api.apply('spacelift-shared', connected, 'argocd-controller', field);
    expect((await runConnect(api)).code).toBe(0);
    expect(restartsOf(api)).toEqual(once);
    expect(() => api.apply('spacelift-shared', connected, 'argocd-controller', field)).not.toThrow();
  });

  test('an immutable Secret, unless its values are right', async () => {
    const api = spacelift();
    api.object('Secret', 'spacelift-shared').immutable = true;
    expect(await refusal(api)).toContain(`${shared} is immutable; create it anew without "immutable: true"`);
    Object.assign(api.object('Secret', 'spacelift-shared').data ?? {}, {
      OBSERVABILITY_VENDOR: base64('OpenTelemetry'),
      OTEL_EXPORTER_OTLP_ENDPOINT: base64(OURS),
    });
    expect((await runConnect(api)).code).toBe(0);
  });
});

describe('a right that is missing', () => {
  test.each([
    ['get Secret/spacelift-shared', 'get', shared, 'secrets "spacelift-shared"'],
    ['patch Secret/spacelift-shared', 'patch', shared, 'secrets "spacelift-shared"'],
    [
      'get Deployment/spacelift-drain',
      'get',
      'the Deployment spacelift-drain in namespace spacelift',
      'deployments "spacelift-drain"',
    ],
    [
      'patch Deployment/spacelift-server',
      'patch',
      'the Deployment spacelift-server in namespace spacelift',
      'deployments "spacelift-server"',
    ],
  ])(
    'to %s is named with object, namespace and Role, and nothing is touched',
    async (right, verb, object, rule) => {
      const api = spacelift();
      api.forbidden.add(right);
      const { code, sentence } = await runConnect(api, 'install', { ...settings, role: 'st-monitoring' });
      expect(code).toBe(1);
      expect(sentence).toBe(
        `Not connected: the hook may not ${verb} ${object}: the Role st-monitoring in namespace spacelift must allow "${verb}" on ${rule}, unless the namespace is gone and the Role with it; run helm upgrade when that is put right.`,
      );
      expect(api.values()['OBSERVABILITY_VENDOR']).toBe('Disabled');
      expect(restartsOf(api)).toEqual({});
    },
  );

  test('is told in the namespace of the release when that of Spacelift takes no Events', async () => {
    const api = spacelift();
    api.forbidden.add('get Secret/spacelift-shared');
    const seen: string[] = [];
    api.fault = ({ kind, body }) => {
      if (kind !== 'Event') return undefined;
      const { namespace } = (body as { involvedObject: { namespace: string } }).involvedObject;
      seen.push(namespace);
      return namespace === 'spacelift' ? { status: 403 } : undefined;
    };
    await runConnect(api);
    expect(seen).toEqual(['spacelift', 'monitoring']);
    expect(api.events[0]?.involvedObject).toMatchObject({
      kind: 'Service',
      name: 'spacelift-telemetry-collector',
      namespace: 'monitoring',
    });
  });

  test('for admission names what refused, and nothing else of the words, which may quote the Secret', async () => {
    const api = spacelift();
    const message =
      'admission webhook "policy.example.org" denied the request: DATABASE_URL is postgres://hunter2';
    api.fault = ({ verb, kind }) =>
      verb === 'patch' && kind === 'Secret' ? { status: 403, message } : undefined;
    const { sentence, log } = await runConnect(api);
    expect(sentence).toContain(
      'was not accepted (HTTP 403, refused by the admission webhook policy.example.org)',
    );
    expect(JSON.stringify([log, api.events])).not.toContain('hunter2');
  });
});

describe('connect takes over', () => {
  test('another vendor with existingVendor: replace, and remembers it', async () => {
    const api = spacelift({ OBSERVABILITY_VENDOR: 'Datadog' });
    expect((await runConnect(api, 'install', choosing({ existingVendor: 'replace' }))).code).toBe(0);
    expect(api.values()).toMatchObject(connected);
    expect(JSON.parse(api.notes()['previous'] ?? '')['OBSERVABILITY_VENDOR']).toBe(base64('Datadog'));
    // Set again by somebody since, it is refused again, and what is remembered is the newest value of theirs.
    api.set('spacelift-shared', { OBSERVABILITY_VENDOR: 'AWS' });
    expect((await runConnect(api, 'reconcile')).sentence).toContain('OBSERVABILITY_VENDOR is AWS');
    await runConnect(api, 'upgrade', choosing({ existingVendor: 'replace' }));
    expect(JSON.parse(api.notes()['previous'] ?? '')['OBSERVABILITY_VENDOR']).toBe(base64('AWS'));
  });

  test('the Secret of a release that is gone with takeOver, with what that one remembered', async () => {
    const api = spacelift();
    const gone = {
      ...settings,
      release: { name: 'first', namespace: 'tracing', revision: 1 },
      endpoint: 'http://c.tracing.svc:4317',
    };
    await runConnect(api, 'install', gone);
    const { previous } = api.notes();
    expect((await runConnect(api, 'install', choosing({ takeOver: true }))).code).toBe(0);
    expect(api.values()).toMatchObject(connected);
    expect(api.notes()).toMatchObject({ owner: 'monitoring/st', previous });
    expect(restartsOf(api)).toEqual({ 'spacelift-server': 2, 'spacelift-drain': 2 });
  });
});
