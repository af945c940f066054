import { describe, expect, test } from 'vitest';
import type { Container } from '../../hook/api-objects.ts';
import { connected, OURS, once, restartsOf, runConnect, spacelift } from './stage.ts';

const VENDOR = 'OBSERVABILITY_VENDOR';
const from = (...names: string[]) => ({ envFrom: names.map((name) => ({ secretRef: { name } })) });
const shared = from('spacelift-shared');

/** Spacelift whose Deployments have these containers. */
function pods(containers: Record<string, Container[]>) {
  const api = spacelift();
  for (const [name, list] of Object.entries(containers)) {
    const { spec } = api.object('Deployment', name);
    if (spec) spec.template.spec = { containers: list };
  }
  return api;
}

describe('connect reads the pod templates, and refuses', () => {
  const refused = async (server: Container) => {
    const api = pods({ 'spacelift-server': [server], 'spacelift-drain': [shared] });
    const { code, sentence } = await runConnect(api);
    expect([code, api.writes()]).toEqual([1, []]);
    expect(api.events.at(-1)?.involvedObject).toMatchObject({
      kind: 'Deployment',
      uid: 'uid-spacelift-server',
    });
    return sentence;
  };

  test('a vendor of their own, which no Secret wins over', async () => {
    expect(await refused({ ...shared, env: [{ name: VENDOR, value: 'Datadog' }] })).toBe(
      'Not connected: the Deployment spacelift-server in namespace spacelift sets OBSERVABILITY_VENDOR (Datadog) in its own pod template, which wins over every Secret; take that out of the Deployment, or the Deployment out of spacelift.deployments.',
    );
  });

  test('values from elsewhere, which it does not know, and endpoints, which it does not say', async () => {
    const env = [
      { name: VENDOR, valueFrom: { secretKeyRef: { name: 'mine', key: 'v' } } },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://tempo:4317' },
    ];
    const sentence = await refused({ ...shared, env });
    expect(sentence).toContain(
      `${VENDOR} (a value from elsewhere) and OTEL_EXPORTER_OTLP_ENDPOINT (another endpoint)`,
    );
    expect(sentence).not.toContain('tempo');
  });

  test('Secrets that nobody reads', async () => {
    const api = pods({ 'spacelift-server': [from('a')], 'spacelift-drain': [from('a', 'b')] });
    const { code, sentence } = await runConnect(api);
    expect([code, api.writes()]).toEqual([1, []]);
    expect(sentence).toBe(
      "Not connected: spacelift-server and spacelift-drain in namespace spacelift read a and b, and not spacelift-shared; set spacelift.secrets to the one that holds Spacelift's settings.",
    );
  });
});

describe('connect reads the pod templates, and goes on', () => {
  test.each([
    ['the same values', [{ ...shared, env: [{ name: VENDOR, value: 'OpenTelemetry' }] }]],
    [
      'the Secret by key',
      [{ env: [{ name: VENDOR, valueFrom: { secretKeyRef: { name: 'spacelift-shared', key: VENDOR } } }] }],
    ],
    [
      "a sidecar's own telemetry",
      [shared, { env: [{ name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://x:1' }] }],
    ],
    ['no Secret at all', [{}]],
  ] as [string, Container[]][])('with %s', async (_, containers) => {
    const api = pods({ 'spacelift-server': containers });
    const { code, log } = await runConnect(api);
    expect([code, restartsOf(api), api.values()]).toEqual([0, once, expect.objectContaining(connected)]);
    expect(api.values()['OTEL_EXPORTER_OTLP_ENDPOINT']).toBe(OURS);
    expect(log.join('\n')).not.toContain('Note:');
  });

  test('with a note on sources that may win, and on who reads another Secret', async () => {
    const later = [
      ...from('spacelift-shared', 'spacelift-server').envFrom,
      { configMapRef: { name: 'env' } },
    ];
    const api = pods({ 'spacelift-server': [{ envFrom: later }], 'spacelift-drain': [from('other')] });
    const { code, log } = await runConnect(api);
    expect(code).toBe(0);
    expect(log).toContain('Note: the Deployment spacelift-drain reads other, and none of spacelift.secrets.');
    expect(log).toContain(
      'Note: the Deployment spacelift-server also reads the Secret spacelift-server and the ConfigMap env, which win over spacelift.secrets; if OBSERVABILITY_VENDOR is set there, list it in spacelift.secrets.',
    );
  });
});
