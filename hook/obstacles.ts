import { environmentProblems } from './pod-environment.ts';
import type { Problem } from './problem.ts';
import { missingSecret, noDeployment, refusalsOf } from './refusals.ts';
import type { SecretChange } from './secret-change.ts';
import type { Settings } from './settings.ts';
import type { DeploymentState, SecretState } from './state.ts';
import { deploymentRef, secretRef } from './targets.ts';

/** A Secret, and what is to be written to it. */
export interface PlannedSecret {
  readonly state: SecretState;
  readonly change: SecretChange;
}

/** What there is of Spacelift. */
export interface Found {
  /** By name; those that are not there are undefined. */
  readonly secrets: ReadonlyMap<string, SecretState | undefined>;
  readonly planned: readonly PlannedSecret[];
  readonly deployments: readonly DeploymentState[];
}

/** Everything that stands in the way of connecting, all at once. */
export function obstacles({ secrets, planned, deployments }: Found, settings: Settings): Problem[] {
  return [
    ...missingSecrets(secrets, settings),
    ...planned.flatMap(({ state, change }) => secretProblems(state, change, settings)),
    ...(deployments.length === 0 ? [noneFound(settings)] : []),
    ...environmentProblems(deployments, settings),
  ];
}

function missingSecrets(secrets: Found['secrets'], settings: Settings): Problem[] {
  const missing = [...secrets].filter(([, state]) => state === undefined);
  return missing.map(([name]) => {
    const object = secretRef(settings, name);
    return { object, sentence: missingSecret(object, settings.spacelift.deployments[0]) };
  });
}

function secretProblems(secret: SecretState, change: SecretChange, settings: Settings): Problem[] {
  const object = secretRef(settings, secret.name);
  return refusalsOf(secret, change, settings).map((sentence) => ({ object, uid: secret.uid, sentence }));
}

function noneFound(settings: Settings): Problem {
  const object = deploymentRef(settings, settings.spacelift.deployments[0] ?? 'spacelift-server');
  return { object, sentence: noDeployment(settings) };
}
