import type { ObjectRef } from './api-objects.ts';
import { named } from './problem.ts';
import type { Settings } from './settings.ts';

/** A Secret of Spacelift's. */
export function secretRef({ spacelift: { namespace } }: Settings, name: string): ObjectRef {
  return { kind: 'Secret', namespace, name };
}

/** A Deployment of Spacelift's. */
export function deploymentRef({ spacelift: { namespace } }: Settings, name: string): ObjectRef {
  return { kind: 'Deployment', namespace, name };
}

/** A Secret of Spacelift's as sentences name it. */
export function secretNamed(name: string, settings: Settings): string {
  return named(secretRef(settings, name));
}
