import type { ManagedFields } from './api-objects.ts';
import { EXTERNAL_SECRETS, type Metadata, TRACE, toolOf } from './appliers.ts';
import { MANAGER } from './names.ts';

/** Who writes a Secret again and again, and where its keys are to be set so that they stay. */
export interface Keeper {
  /** As sentences name it. */
  readonly name: string;
  /** Where the keys are set: a part of a sentence. */
  readonly source: string;
}

/**
 * The controller that makes the whole Secret from an object of its own: it drops keys that others write into it, and
 * but for External Secrets their annotations. One that only adds its keys to a Secret of somebody else's is none.
 *
 * What each of them writes: external-secrets/external-secrets, pkg/controllers/externalsecret (the functions
 * applyOwnership and ApplyTemplate); bitnami-labs/sealed-secrets, pkg/controller/controller.go (unseal);
 * hashicorp/vault-secrets-operator, helpers/secrets.go (SyncSecret), which sets no `controller` on its reference.
 */
export function keeperOf(metadata: Metadata): Keeper | undefined {
  const { ownerReferences = [] } = metadata;
  const owner = ownerReferences.find(({ controller }) => controller) ?? ownerReferences[0];
  if (owner === undefined) return ownerless(metadata);
  const object = `the ${owner.kind} ${owner.name}`;
  if (owner.kind === 'ExternalSecret') return externalSecrets(object);
  if (owner.kind === 'SealedSecret') return sealedSecrets(object, metadata);
  if (owner.apiVersion.startsWith('secrets.hashicorp.com/')) {
    const source = `in spec.destination.transformation.templates of ${object}`;
    return { name: `the Vault Secrets Operator from ${object}`, source };
  }
  return { name: object, source: `in ${object}` };
}

/**
 * Without a reference External Secrets has a Secret with `creationPolicy: Orphan`, as a whole, and with `Merge`, where
 * somebody else has made it and it has its own keys alone: who made an object has its map of keys too.
 */
function ownerless(metadata: Metadata): Keeper | undefined {
  const { labels = {}, annotations = {}, managedFields = [] } = metadata;
  if (annotations[TRACE.sealedManaged] === 'true') return sealedSecrets('its SealedSecret', metadata);
  if (labels[TRACE.externalSecrets] !== 'true') return undefined;
  const entry = managedFields.find(({ manager }) => EXTERNAL_SECRETS.test(manager ?? ''));
  if (entry?.fieldsV1?.['f:data'] !== undefined && entry.fieldsV1['f:data']['.'] === undefined) {
    return undefined;
  }
  const name = EXTERNAL_SECRETS.exec(entry?.manager ?? '')?.[1];
  return externalSecrets(name === undefined ? 'its ExternalSecret' : `the ExternalSecret ${name}`);
}

/** Whether a manager of fields puts its values back, and what is known of it. */
export function applierOf(
  { manager = '', operation }: ManagedFields,
  metadata: Metadata,
): Keeper | undefined {
  if (manager === MANAGER) return undefined;
  const name = `"${manager}"`;
  const known = toolOf(manager, { ...metadata.labels, ...metadata.annotations });
  if (known !== undefined) return { name: `${name} (${known.tool})`, source: known.source };
  return operation === 'Apply' ? { name, source: 'at their source' } : undefined;
}

function externalSecrets(object: string): Keeper {
  return {
    name: `External Secrets from ${object}`,
    source: `in spec.target.template of ${object} (data, with mergePolicy: Merge)`,
  };
}

function sealedSecrets(object: string, { annotations = {} }: Metadata): Keeper | undefined {
  if (annotations[TRACE.sealedPatch] === 'true') return undefined;
  return {
    name: `Sealed Secrets from ${object}`,
    source: `in ${object} (kubeseal --merge-into adds them)`,
  };
}
