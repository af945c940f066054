import { ANNOTATION, ENDPOINT, VENDOR } from './names.ts';
import type { Settings } from './settings.ts';

/** A Secret that a person is to put back. */
export interface Undo {
  readonly name: string;
  /** The vendor to go back to; nothing where the values are back, and only our notes are left. */
  readonly vendor?: string | undefined;
}

/** What a person types to do by hand what disconnecting could not do. */
export function undoCommands({ spacelift }: Settings, secrets: readonly Undo[]): string[] {
  const { namespace, deployments } = spacelift;
  const { disconnected: _, ...rest } = ANNOTATION;
  const annotations = Object.fromEntries(Object.values(rest).map((name) => [name, null]));
  const patchOf = ({ vendor }: Undo) => ({
    metadata: { annotations },
    ...(vendor !== undefined && { stringData: { [VENDOR]: vendor }, data: { [ENDPOINT]: null } }),
  });
  return [
    ...secrets.map(
      (undo) =>
        `kubectl patch secret ${undo.name} --namespace ${namespace} --type merge --patch '${JSON.stringify(patchOf(undo))}'`,
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
