import type { KubernetesObject, ManagedFields } from './api-objects.ts';

/** What of an object tells who writes it. */
export type Metadata = Partial<KubernetesObject['metadata']>;

/** Labels and annotations by which tools know their objects, each as its own documentation names it. */
export const TRACE = {
  argo: 'argocd.argoproj.io/tracking-id',
  fluxKustomization: 'kustomize.toolkit.fluxcd.io/name',
  fluxRelease: 'helm.toolkit.fluxcd.io/name',
  helm: 'meta.helm.sh/release-name',
  externalSecrets: 'reconcile.external-secrets.io/managed',
  /** On a Secret of somebody else's that a SealedSecret may have as a whole. */
  sealedManaged: 'sealedsecrets.bitnami.com/managed',
  /** The same, where it only adds its keys. */
  sealedPatch: 'sealedsecrets.bitnami.com/patch',
} as const;

/** Manager of the fields of External Secrets, with the name of its ExternalSecret, or a hash of a long one. */
export const EXTERNAL_SECRETS = /^externalsecrets\.external-secrets\.io\/(?:sha3\/.*|(.+))$/;

/** Labels and annotations of an object. */
type Traces = Readonly<Record<string, string>>;

interface Tool {
  readonly tool: string;
  /** Where the keys are set: a part of a sentence. */
  readonly source: string;
}

/** The tool that writes under a name, where it is one that writes again and again. */
export function toolOf(manager: string, traces: Traces): Tool | undefined {
  const known = TOOLS.find(
    ({ managers, only }) => managers.test(manager) && (only === undefined || traces[only] === 'true'),
  );
  return known?.of(traces);
}

/** Whether a manager takes away what it does not know: then all keys are its own, whichever it names. */
export function hasAllData({ manager = '', fieldsV1 }: ManagedFields): boolean {
  return /^(HashiCorp|vault-secrets-operator)$/.test(manager) && fieldsV1?.['f:data'] !== undefined;
}

/**
 * Tools by the names under which they write; the names are those of their own sources: argoproj/argo-cd,
 * common/common.go (ArgoCDSSAManager, with and without server-side apply); fluxcd/kustomize-controller, main.go
 * (controllerName); external-secrets/external-secrets, pkg/controllers/externalsecret/util.go (fqdnFor). Those that
 * give none have that of their program, which is `controller` for Sealed Secrets' (docker/controller.Dockerfile).
 */
const TOOLS: readonly {
  readonly managers: RegExp;
  /** What an object must bear, where the name alone says little. */
  readonly only?: string;
  of(traces: Traces): Tool;
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
  {
    managers: EXTERNAL_SECRETS,
    of: () => ({ tool: 'External Secrets', source: 'in its ExternalSecret' }),
  },
  {
    managers: /^controller$/,
    only: TRACE.sealedPatch,
    of: () => ({ tool: 'Sealed Secrets', source: 'in its SealedSecret (kubeseal --merge-into adds them)' }),
  },
  {
    // It writes into a Secret that it has not made, where `spec.destination.create` is false.
    managers: /^vault-secrets-operator$/,
    of: () => ({ tool: 'Vault Secrets Operator', source: 'in spec.destination.transformation.templates' }),
  },
];

function named(tool: string, kind: string, name: string | undefined): string {
  return name === undefined ? tool : `${tool}, ${kind} ${name}`;
}
