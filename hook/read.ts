import { ApiError } from './api-error.ts';
import type { ObjectRef } from './api-objects.ts';
import type { Kubernetes } from './kubernetes.ts';
import type { Settings } from './settings.ts';
import { type DeploymentState, deploymentState, type SecretState, secretState } from './state.ts';
import { deploymentRef, secretRef } from './targets.ts';

/** @returns nothing when there is no such Secret */
export async function readSecret(api: Kubernetes, ref: ObjectRef): Promise<SecretState | undefined> {
  return unlessMissing(async () => secretState(ref.name, await api.get(ref)));
}

/** @returns nothing when there is no such Deployment */
export async function readDeployment(api: Kubernetes, ref: ObjectRef): Promise<DeploymentState | undefined> {
  return unlessMissing(async () => deploymentState(ref.name, await api.get(ref)));
}

/** Everything that a plan is made of, by name and in the order of the settings; undefined is not there. */
export interface Objects {
  readonly secrets: ReadonlyMap<string, SecretState | undefined>;
  readonly deployments: ReadonlyMap<string, DeploymentState | undefined>;
}

/** Reads all that the settings name. */
export async function readAll(api: Kubernetes, settings: Settings): Promise<Objects> {
  const secrets = new Map<string, SecretState | undefined>();
  for (const name of settings.spacelift.secrets) {
    secrets.set(name, await readSecret(api, secretRef(settings, name)));
  }
  const deployments = new Map<string, DeploymentState | undefined>();
  for (const name of settings.spacelift.deployments) {
    deployments.set(name, await readDeployment(api, deploymentRef(settings, name)));
  }
  return { secrets, deployments };
}

/** What the call gives, or nothing for an object that is not there. */
export async function unlessMissing<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
