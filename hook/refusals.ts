import type { ObjectRef } from './api-objects.ts';
import type { Keeper } from './keeper.ts';
import { ANNOTATION, ENDPOINT, type Key, OPEN_TELEMETRY, VENDOR } from './names.ts';
import { listed } from './problem.ts';
import type { SecretChange } from './secret-change.ts';
import { isForeign, printValue } from './secret-values.ts';
import { isKept, ownerOf, type Settings } from './settings.ts';
import type { SecretState } from './state.ts';
import { secretNamed } from './targets.ts';

/**
 * Everything that speaks against connecting a Secret, each with its way out. An object of somebody else's is
 * left as it is unless they or the values say otherwise.
 */
export function refusalsOf(secret: SecretState, change: SecretChange, settings: Settings): string[] {
  const it = secretNamed(secret.name, settings);
  const changed = Object.keys(change.data) as Key[];
  return [
    otherOwner(secret, settings, it),
    otherVendor(secret, settings, it),
    changed.length > 0 && secret.immutable ? immutable(settings, it) : undefined,
    otherKeeper(secret, changed, settings, it) ?? otherManager(secret, changed, settings, it),
  ].filter((sentence) => sentence !== undefined);
}

/** Without this a second release that fails and is rolled back would disconnect the first. */
function otherOwner(secret: SecretState, settings: Settings, it: string): string | undefined {
  const owner = secret.annotations[ANNOTATION.owner];
  if (owner === undefined || owner === ownerOf(settings) || settings.connect.takeOver) return undefined;
  const [namespace = '', release = ''] = owner.split('/');
  return `Not connected: ${it} is connected by the release ${release} in namespace ${namespace}; uninstall that one (helm uninstall ${release} --namespace ${namespace}), or, if it is gone already, set spacelift.connect.takeOver: true.`;
}

function otherVendor(secret: SecretState, settings: Settings, it: string): string | undefined {
  if (!isForeign(secret, settings) || settings.connect.existingVendor === 'replace') return undefined;
  const vendor = printValue(VENDOR, secret.data[VENDOR], settings);
  const where = vendor === OPEN_TELEMETRY ? ' at another endpoint' : '';
  return `Not connected: ${it} already sends telemetry elsewhere (${VENDOR} is ${vendor}${where}); set spacelift.connect.existingVendor: replace to end that and put it back on uninstall, or unset ${VENDOR} in that Secret and run helm upgrade.`;
}

function immutable(settings: Settings, it: string): string {
  return `Not connected: ${it} is immutable; create it anew without "immutable: true", or with ${assignments(settings)}, and run helm upgrade.`;
}

/** What a controller makes from an object of its own it makes again, without what others have written. */
function otherKeeper(secret: SecretState, changed: readonly Key[], settings: Settings, it: string) {
  const { keeper } = secret;
  if (keeper === undefined || changed.length === 0 || !isKept(secret, settings)) return undefined;
  return `Not connected: ${it} is made by ${keeper.name}, which would put the old values back; ${atSource(keeper, settings)}.`;
}

function atSource({ source }: Keeper, settings: Settings): string {
  return `set ${assignments(settings)} ${source}, apply it, and run helm upgrade, or write the Secret all the same with spacelift.connect.managedSecret: patch`;
}

/** Who applies on the server's side puts the value back with the next apply, or finds a conflict with us. */
function otherManager(
  { appliedBy }: SecretState,
  changed: readonly Key[],
  settings: Settings,
  it: string,
): string | undefined {
  const keys = changed.filter((key) => appliedBy[key] !== undefined);
  const [first, ...others] = new Map(
    keys.flatMap((key) => (appliedBy[key] ? [[appliedBy[key].name, appliedBy[key]]] : [])),
  ).values();
  if (first === undefined || settings.connect.managedSecret === 'patch') return undefined;
  const names = [first, ...others].map(({ name }) => name);
  return `Not connected: ${listed(keys)} of ${it} ${keys.length > 1 ? 'are' : 'is'} applied by ${listed(names)}, which would put the old value back; ${atSource(first, settings)}.`;
}

function assignments({ endpoint }: Settings): string {
  return `${VENDOR}=${OPEN_TELEMETRY} and ${ENDPOINT}=${endpoint}`;
}

/** No Secret of that name: nothing can be connected. */
export function missingSecret(object: ObjectRef, deployment: string | undefined): string {
  const look = `kubectl --namespace ${object.namespace} get deployment ${deployment ?? 'spacelift-server'} --output jsonpath='{..envFrom[*].secretRef.name}'`;
  return `Not connected: there is no Secret ${object.name} in namespace ${object.namespace}; create it, or set spacelift.secrets and spacelift.namespace to what Spacelift reads (${look}).`;
}

/** Some may be missing: Spacelift 6.4 has no scheduler. All missing is a wrong name. */
export function noDeployment({ spacelift: { namespace, deployments } }: Settings): string {
  return `Not connected: none of the Deployments ${listed(deployments, 'or')} is in namespace ${namespace}; set spacelift.deployments and spacelift.namespace to Spacelift's own (kubectl get deployments --namespace ${namespace}).`;
}
