import { ANNOTATION, DISABLED, ENDPOINT, VENDOR } from './names.ts';
import type { Settings } from './settings.ts';

/** What a person types to do by hand what disconnecting could not do. */
export function undoCommands({ spacelift }: Settings, secrets: readonly string[]): string[] {
  const { namespace, deployments } = spacelift;
  const { disconnected: _, ...rest } = ANNOTATION;
  const annotations = Object.fromEntries(Object.values(rest).map((name) => [name, null]));
  const patch = JSON.stringify({
    metadata: { annotations },
    stringData: { [VENDOR]: DISABLED },
    data: { [ENDPOINT]: null },
  });
  return [
    ...secrets.map(
      (name) => `kubectl patch secret ${name} --namespace ${namespace} --type merge --patch '${patch}'`,
    ),
    restartCommand(namespace, deployments),
  ];
}

/**
 * What a person types to restart Deployments. Of several some may be missing, as Spacelift 6.4 has no scheduler:
 * named in one `kubectl rollout restart` that would end with 1.
 */
export function restartCommand(namespace: string, deployments: readonly string[]): string {
  const restart = 'kubectl rollout restart';
  const where = `--namespace ${namespace}`;
  const [only, ...others] = deployments;
  if (others.length === 0) return `${restart} deployment/${only} ${where}`;
  const names = deployments.join(' ');
  return `kubectl get deployment ${names} ${where} --ignore-not-found --output name | xargs ${restart} ${where}`;
}
