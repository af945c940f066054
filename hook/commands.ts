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

/** What a person types to restart Deployments. */
export function restartCommand(namespace: string, deployments: readonly string[]): string {
  const targets = deployments.map((name) => `deployment/${name}`).join(' ');
  return `kubectl rollout restart ${targets} --namespace ${namespace}`;
}
