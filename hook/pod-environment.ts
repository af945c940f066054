import type { Container } from './api-objects.ts';
import { KEYS, type Key, VENDOR } from './names.ts';
import { listed, named, type Problem } from './problem.ts';
import { encode, printValue, wantedData } from './secret-values.ts';
import type { Settings } from './settings.ts';
import type { DeploymentState } from './state.ts';
import { deploymentRef } from './targets.ts';

// The order is Kubernetes' own: of `envFrom` the last source wins, and `env` wins over all of them.

/** What speaks against connecting these Deployments: their pods would not get the values of our Secrets. */
export function environmentProblems(deployments: readonly DeploymentState[], settings: Settings): Problem[] {
  const readers = deployments.filter((deployment) => mayRead(deployment, settings));
  if (deployments.length > 0 && readers.length === 0) return [nobodyReads(deployments, settings)];
  return deployments.flatMap((deployment) => overridden(deployment, settings));
}

/** What is worth saying of the Deployments' sources, and stands in nobody's way. */
export function environmentNotes(deployments: readonly DeploymentState[], settings: Settings): string[] {
  const targets = settings.spacelift.secrets;
  return deployments.flatMap((deployment) => {
    const { name, containers } = deployment;
    if (!mayRead(deployment, settings)) {
      const read = listed(secretsOf(containers));
      return [`Note: the Deployment ${name} reads ${read}, and none of spacelift.secrets.`];
    }
    const later = [...new Set(containers.flatMap((container) => sourcesAfter(container, targets)))];
    if (later.length === 0) return [];
    return [
      `Note: the Deployment ${name} also reads ${listed(later)}, which win${later.length > 1 ? '' : 's'} over spacelift.secrets; if ${VENDOR} is set there, list it in spacelift.secrets.`,
    ];
  });
}

/** Whether a Deployment reads one of the Secrets; one that names no Secret at all may do so in another way. */
function mayRead({ containers }: DeploymentState, { spacelift }: Settings): boolean {
  const read = secretsOf(containers);
  return read.length === 0 || read.some((name) => spacelift.secrets.includes(name));
}

function secretsOf(containers: readonly Container[]): string[] {
  const names = containers.flatMap(({ env = [], envFrom = [] }) => [
    ...envFrom.map(({ secretRef }) => secretRef?.name ?? ''),
    ...env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? ''),
  ]);
  return [...new Set(names.filter((name) => name !== ''))];
}

/** Sources that come after the last of our Secrets; their keys cannot be seen from here. */
function sourcesAfter({ envFrom = [] }: Container, targets: readonly string[]): string[] {
  const last = envFrom.findLastIndex(({ secretRef }) => targets.includes(secretRef?.name ?? ''));
  if (last < 0) return [];
  return envFrom
    .slice(last + 1)
    .flatMap(({ secretRef, configMapRef }) => [
      ...(secretRef?.name ? [`the Secret ${secretRef.name}`] : []),
      ...(configMapRef?.name ? [`the ConfigMap ${configMapRef.name}`] : []),
    ]);
}

function nobodyReads(deployments: readonly DeploymentState[], settings: Settings): Problem {
  const [first] = deployments;
  const { namespace, secrets } = settings.spacelift;
  const object = deploymentRef(settings, first?.name ?? '');
  const read = listed(secretsOf(deployments.flatMap(({ containers }) => containers)));
  const names = listed(deployments.map(({ name }) => name));
  const sentence = `Not connected: ${names} in namespace ${namespace} read${deployments.length > 1 ? '' : 's'} ${read}, and not ${listed(secrets, 'or')}; set spacelift.secrets to the one that holds Spacelift's settings.`;
  return { object, uid: first?.uid, sentence };
}

/** A value in the pod template itself, which no Secret can win over. */
function overridden({ name, uid, containers }: DeploymentState, settings: Settings): Problem[] {
  const { secrets } = settings.spacelift;
  const object = deploymentRef(settings, name);
  const readers = containers.filter((container) =>
    secretsOf([container]).some((one) => secrets.includes(one)),
  );
  const found = KEYS.flatMap((key) =>
    readers.flatMap((container) => {
      const value = inlineValue(container, key, settings);
      return value === undefined ? [] : [`${key} (${value})`];
    }),
  );
  if (found.length === 0) return [];
  const sentence = `Not connected: ${named(object)} sets ${listed([...new Set(found)])} in its own pod template, which wins over every Secret; take that out of the Deployment, or the Deployment out of spacelift.deployments.`;
  return [{ object, uid, sentence }];
}

/** @returns nothing where `env` leaves the key to the Secrets, or says the same */
function inlineValue({ env = [] }: Container, key: Key, settings: Settings): string | undefined {
  const entry = env.findLast(({ name }) => name === key);
  if (entry === undefined) return undefined;
  const { value, valueFrom } = entry;
  const { name = '', key: from } = valueFrom?.secretKeyRef ?? {};
  if (settings.spacelift.secrets.includes(name) && from === key) return undefined;
  if (valueFrom !== undefined) return 'a value from elsewhere';
  const encoded = encode(value ?? '');
  return encoded === wantedData(settings)[key] ? undefined : printValue(key, encoded, settings);
}
