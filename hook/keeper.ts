import type { KubernetesObject, ManagedFields } from './api-objects.ts';
import { MANAGER } from './names.ts';

type Metadata = Partial<KubernetesObject['metadata']>;

/** Who writes a Secret again and again, and where its keys are to be set so that they stay. */
export interface Keeper {
  /** As sentences name it. */
  readonly name: string;
  /** Where the keys are set: a part of a sentence. */
  readonly source: string;
}

/** Labels and annotations by which tools know their objects, each as its own documentation names it. */
const TRACE = {
  argo: 'argocd.argoproj.io/tracking-id',
  fluxKustomization: 'kustomize.toolkit.fluxcd.io/name',
  fluxRelease: 'helm.toolkit.fluxcd.io/name',
  helm: 'meta.helm.sh/release-name',
  externalSecrets: 'reconcile.external-secrets.io/managed',
} as const;

/**
 * The controller that makes the whole Secret, annotations included, from an object of its own: it drops what
 * others write into it.
 */
export function keeperOf({ ownerReferences = [], labels = {} }: Metadata): Keeper | undefined {
  const owner = ownerReferences.find(({ controller }) => controller) ?? ownerReferences[0];
  if (owner === undefined) {
    return labels[TRACE.externalSecrets] === 'true' ? externalSecrets('its ExternalSecret') : undefined;
  }
  const object = `the ${owner.kind} ${owner.name}`;
  if (owner.kind === 'ExternalSecret') return externalSecrets(object);
  if (owner.kind === 'SealedSecret') {
    return {
      name: `Sealed Secrets from ${object}`,
      source: `in ${object} (kubeseal --merge-into adds them)`,
    };
  }
  if (owner.apiVersion.startsWith('secrets.hashicorp.com/')) {
    const source = `in spec.destination.transformation.templates of ${object}`;
    return { name: `the Vault Secrets Operator from ${object}`, source };
  }
  return { name: object, source: `in ${object}` };
}

/** Whether a manager of fields puts its values back, and what is known of it. */
export function applierOf(
  { manager = '', operation }: ManagedFields,
  metadata: Metadata,
): Keeper | undefined {
  if (manager === MANAGER) return undefined;
  const name = `"${manager}"`;
  const known = TOOLS.find(({ managers }) => managers.test(manager));
  if (known === undefined) return operation === 'Apply' ? { name, source: 'at their source' } : undefined;
  const { tool, source } = known.of({ ...metadata.labels, ...metadata.annotations });
  return { name: `${name} (${tool})`, source };
}

/** Tools by the names under which they write; the names are those of their own sources. */
const TOOLS: readonly {
  readonly managers: RegExp;
  of(traces: Readonly<Record<string, string>>): { tool: string; source: string };
}[] = [
  {
    managers: /^argocd-/,
    of: (traces) => {
      const application = traces[TRACE.argo]?.split(':')[0];
      const tool = application ? `Argo CD, Application ${application}` : 'Argo CD';
      return { tool, source: 'in the Git repository that Argo CD applies' };
    },
  },
  {
    managers: /^kustomize-controller$/,
    of: (traces) => ({
      tool: named('Flux', 'Kustomization', traces[TRACE.fluxKustomization]),
      source: 'in the Git repository that Flux applies',
    }),
  },
  {
    managers: /^helm-controller$/,
    of: (traces) => ({
      tool: named('Flux', 'HelmRelease', traces[TRACE.fluxRelease]),
      source: 'in the values of that HelmRelease',
    }),
  },
  {
    managers: /^helm$/i,
    of: (traces) => ({
      tool: named('Helm', 'release', traces[TRACE.helm]),
      source: 'in the values of that release',
    }),
  },
  {
    // The provider of HashiCorp's, whose user agent begins so, and the field manager of its manifests.
    managers: /^(HashiCorp|[Tt]erraform.*|OpenTofu)$/,
    of: () => ({ tool: 'Terraform', source: 'in the Terraform configuration that makes the Secret' }),
  },
];

function named(tool: string, kind: string, name: string | undefined): string {
  return name === undefined ? tool : `${tool}, ${kind} ${name}`;
}

function externalSecrets(object: string): Keeper {
  return {
    name: `External Secrets from ${object}`,
    source: `in spec.target.template of ${object} (data, with mergePolicy: Merge)`,
  };
}
