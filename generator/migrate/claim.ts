import { isObject, type Json } from '../text/json.ts';
import { type Step, textAt } from './step.ts';

/** What the manifest of the guide's claim becomes; undefined for anything else. */
export function claimOf(data: unknown): Step | undefined {
  if (!isObject(data) || data['kind'] !== 'PersistentVolumeClaim') return undefined;
  const name = textAt(data as Json, 'metadata.name');
  const size = textAt(data as Json, 'spec.resources.requests.storage');
  return {
    says: `the claim ${name} stays as it is, with ${size || 'its size'}; the chart makes one of its own, of 10Gi, where storage.badger has no existingClaim`,
  };
}
