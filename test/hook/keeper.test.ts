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

/** As each controller makes it: only those of Vault do without `controller`. */
const owner = (kind: string, apiVersion: string) => ({
  apiVersion,
  kind,
  name: 'x',
  ...(!kind.startsWith('Vault') && { controller: true }),
});
const assignments = `OBSERVABILITY_VENDOR=OpenTelemetry and OTEL_EXPORTER_OTLP_ENDPOINT=${OURS}`;

const kept = (metadata: Partial<Stored['metadata']>, values?: Record<string, string>): FakeApi => {
  const api = spacelift(values);
  Object.assign(api.object('Secret', 'spacelift-shared').metadata, metadata);
  return api;
};

describe('who makes a Secret', () => {
  test.each([
    [
      owner('ExternalSecret', 'external-secrets.io/v1'),
      'External Secrets from the ExternalSecret x',
      'spec.target.template',
    ],
    [
      owner('SealedSecret', 'bitnami.com/v1alpha1'),
      'Sealed Secrets from the SealedSecret x',
      'kubeseal --merge-into',
    ],
    [
      owner('VaultStaticSecret', 'secrets.hashicorp.com/v1beta1'),
      'the Vault Secrets Operator from the VaultStaticSecret x',
      'spec.destination.transformation',
    ],
    [owner('Database', 'example.org/v1'), 'the Database x', 'in the Database x'],
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

  const managed = { 'reconcile.external-secrets.io/managed': 'true' };
  /** External Secrets writes with Update, under the name of its object. */
  const written = (...fields: string[]) => {
    const fieldsV1 = { 'f:data': Object.fromEntries(fields.map((field) => [field, {}])) };
    return [{ manager: 'externalsecrets.external-secrets.io/shop', operation: 'Update', fieldsV1 }];
  };

  test('is known by a label where External Secrets has made it and owns nothing: creationPolicy Orphan', () => {
    const made = { labels: managed, managedFields: written('.', 'f:DATABASE_URL') };
    expect(keeperOf(made)?.name).toBe('External Secrets from the ExternalSecret shop');
    expect(keeperOf({ labels: managed })?.name).toBe('External Secrets from its ExternalSecret');
    expect(keeperOf({ labels: { app: 'x' }, ownerReferences: [] })).toBeUndefined();
  });

  test('is not External Secrets that adds keys to it, creationPolicy Merge, but of these', async () => {
    const others = kept({ labels: managed, managedFields: written('f:DATABASE_URL') as never });
    expect((await runConnect(others)).code).toBe(0);
    const ours = kept({ labels: managed, managedFields: written('f:OBSERVABILITY_VENDOR') as never });
    expect((await runConnect(ours)).sentence).toContain(
      'applied by "externalsecrets.external-secrets.io/shop" (External Secrets), which would put the old value back; set',
    );
  });

  test('is Sealed Secrets by an annotation too, unless it only adds its keys', async () => {
    const annotations = { 'sealedsecrets.bitnami.com/managed': 'true' };
    expect(keeperOf({ annotations })?.name).toBe('Sealed Secrets from its SealedSecret');
    const patched = { ...annotations, 'sealedsecrets.bitnami.com/patch': 'true' };
    const ownerReferences = [owner('SealedSecret', 'bitnami.com/v1alpha1')];
    expect((await runConnect(kept({ annotations: patched, ownerReferences }))).code).toBe(0);
    const fieldsV1 = { 'f:data': { 'f:OBSERVABILITY_VENDOR': {} } };
    const managedFields = [{ manager: 'controller', operation: 'Update', fieldsV1 }];
    const { sentence } = await runConnect(kept({ annotations: patched, managedFields }));
    expect(sentence).toContain('is applied by "controller" (Sealed Secrets)');
    expect((await runConnect(kept({ managedFields }))).code).toBe(0);
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

test.each([
  ["Terraform's resource", 'HashiCorp', 'Terraform'],
  ['a destination of the Vault Secrets Operator', 'vault-secrets-operator', 'Vault Secrets Operator'],
])('%s has the whole map: it is refused though it names neither key', async (_, manager, tool) => {
  const api = spacelift({});
  const fieldsV1 = { 'f:data': { 'f:DATABASE_URL': {} } };
  api.object('Secret', 'spacelift-shared').metadata.managedFields = [
    { manager, operation: 'Update', fieldsV1 },
  ];
  expect((await runConnect(api)).sentence).toContain(`are applied by "${manager}" (${tool})`);
  const { code } = await runConnect(api, 'install', choosing({ managedSecret: 'patch' }));
  expect([code, api.values()]).toEqual([0, expect.objectContaining(connected)]);
});

describe('a Secret whose controller sets our values', () => {
  const ownerReferences = [owner('SealedSecret', 'bitnami.com/v1alpha1')];

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
