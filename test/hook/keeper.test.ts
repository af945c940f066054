import { describe, expect, test } from 'vitest';
import { applierOf, keeperOf } from '../../hook/keeper.ts';
import type { FakeApi } from './fake-api.ts';
import { base64, type Stored } from './fake-objects.ts';
import {
  choosing,
  connected,
  OURS,
  once,
  restartsOf,
  runConnect,
  runDisconnect,
  spacelift,
} from './stage.ts';

const owner = (kind: string, apiVersion = 'example.org/v1') => ({
  apiVersion,
  kind,
  name: 'x',
  controller: true,
});
const assignments = `OBSERVABILITY_VENDOR=OpenTelemetry and OTEL_EXPORTER_OTLP_ENDPOINT=${OURS}`;

const kept = (metadata: Partial<Stored['metadata']>, values?: Record<string, string>): FakeApi => {
  const api = spacelift(values);
  Object.assign(api.object('Secret', 'spacelift-shared').metadata, metadata);
  return api;
};

describe('who makes a Secret', () => {
  test.each([
    [owner('ExternalSecret'), 'External Secrets from the ExternalSecret x', 'spec.target.template'],
    [owner('SealedSecret'), 'Sealed Secrets from the SealedSecret x', 'kubeseal --merge-into'],
    [
      owner('VaultStaticSecret', 'secrets.hashicorp.com/v1beta1'),
      'the Vault Secrets Operator from the VaultStaticSecret x',
      'spec.destination.transformation',
    ],
    [owner('Database'), 'the Database x', 'in the Database x'],
  ])('is known by its owner: $kind', async (reference, name, source) => {
    const api = kept({ ownerReferences: [reference] });
    const { code, sentence } = await runConnect(api);
    expect([code, api.writes()]).toEqual([1, []]);
    expect(sentence).toContain(`spacelift-shared in namespace spacelift is made by ${name}, which would`);
    expect(sentence).toContain(`set ${assignments} in `);
    expect(sentence).toContain(source);
    expect(sentence).toMatch(
      /or write the Secret all the same with spacelift\.connect\.managedSecret: patch\.$/,
    );
  });

  test('is known by a label where External Secrets owns nothing, and nobody by others', () => {
    expect(keeperOf({ labels: { 'reconcile.external-secrets.io/managed': 'true' } })?.name).toContain(
      'External',
    );
    expect(keeperOf({ labels: { app: 'x' }, ownerReferences: [] })).toBeUndefined();
  });

  const traces = {
    annotations: { 'argocd.argoproj.io/tracking-id': 'shop:/Secret:a/b', 'meta.helm.sh/release-name': 'r' },
    labels: { 'kustomize.toolkit.fluxcd.io/name': 'k', 'helm.toolkit.fluxcd.io/name': 'h' },
  };

  test.each([
    ['argocd-controller', '"argocd-controller" (Argo CD, Application shop)'],
    ['kustomize-controller', '"kustomize-controller" (Flux, Kustomization k)'],
    ['helm-controller', '"helm-controller" (Flux, HelmRelease h)'],
    ['helm', '"helm" (Helm, release r)'],
    ['HashiCorp', '"HashiCorp" (Terraform)'],
    ['Terraform', '"Terraform" (Terraform)'],
  ])('is known by the manager of a field: %s, however it writes', (manager, name) => {
    for (const operation of ['Apply', 'Update']) {
      expect(applierOf({ manager, operation }, traces)?.name).toBe(name);
      expect(applierOf({ manager, operation }, {})?.name).toContain(`"${manager}" (`);
    }
  });

  test('is nobody who writes once, and not we', () => {
    expect(applierOf({ manager: 'kubectl-client-side-apply', operation: 'Update' }, traces)).toBeUndefined();
    expect(applierOf({ manager: 'spacelift-telemetry', operation: 'Apply' }, traces)).toBeUndefined();
    expect(applierOf({ manager: 'me', operation: 'Apply' }, traces)?.name).toBe('"me"');
  });
});

test("Terraform's resource has the whole map: it is refused though it names neither key", async () => {
  const api = spacelift({});
  const fieldsV1 = { 'f:data': { 'f:DATABASE_URL': {} } };
  api.object('Secret', 'spacelift-shared').metadata.managedFields = [
    { manager: 'HashiCorp', operation: 'Update', fieldsV1 },
  ];
  expect((await runConnect(api)).sentence).toContain('are applied by "HashiCorp" (Terraform)');
  const { code } = await runConnect(api, 'install', choosing({ managedSecret: 'patch' }));
  expect([code, api.values()]).toEqual([0, expect.objectContaining(connected)]);
});

describe('a Secret whose controller sets our values', () => {
  const ownerReferences = [owner('SealedSecret')];

  test('is not touched, and its readers are restarted once, however often that runs', async () => {
    const api = kept({ ownerReferences }, connected);
    for (const run of ['install', 'upgrade', 'reconcile'] as const) {
      expect((await runConnect(api, run)).code).toBe(0);
      expect(restartsOf(api)).toEqual(once);
    }
    expect(api.notes()).toEqual({});
    expect(api.writes().filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('is left alone by an uninstall too', async () => {
    const api = kept({ ownerReferences }, connected);
    await runConnect(api);
    const { code } = await runDisconnect(api);
    expect([code, api.notes(), restartsOf(api)]).toEqual([0, {}, once]);
    expect(api.values()).toMatchObject(connected);
  });

  test('is written by who chooses so, and put back', async () => {
    const api = kept({ ownerReferences });
    const patch = choosing({ managedSecret: 'patch' });
    expect((await runConnect(api, 'install', patch)).code).toBe(0);
    expect(api.values()).toMatchObject(connected);
    await runDisconnect(api, patch);
    expect(api.object('Secret', 'spacelift-shared').data?.['OBSERVABILITY_VENDOR']).toBe(base64('Disabled'));
  });
});
