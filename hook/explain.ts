import { Changed } from './again.ts';
import { ApiError } from './api-error.ts';
import { collectorService } from './events.ts';
import { RESOURCES } from './kubernetes.ts';
import { named, type Problem } from './problem.ts';
import type { Settings } from './settings.ts';

/**
 * Says why the API server did not do what was asked: a part of a sentence, without a full stop.
 *
 * @returns nothing for an error that is a mistake of ours
 */
export function explain(error: unknown, settings: Settings): Problem | undefined {
  if (error instanceof Changed) {
    const sentence = `the Secrets in namespace ${settings.spacelift.namespace} keep being changed by somebody else`;
    return { object: collectorService(settings), sentence };
  }
  if (!(error instanceof ApiError)) return undefined;
  const { kind, namespace, name } = error.object;
  const object = kind === 'Event' ? collectorService(settings) : { kind, namespace, name };
  return { object, sentence: reasonOf(error, settings) };
}

function reasonOf(error: ApiError, settings: Settings): string {
  const { verb, object, status, detail } = error;
  const it = named(object);
  if (error.untrusted) {
    return `the certificate of the API server is not trusted (${detail}): the ca.crt of the hook's ServiceAccount did not sign it, so something between the pod and the API server may end its TLS`;
  }
  if (error.transient) {
    const answer = status === 0 ? detail : `HTTP ${status}`;
    return `the API server did not answer "${verb}" of ${it} within ${settings.connect.timeoutSeconds} seconds (${answer})`;
  }
  if (status === 409 || error.conflict) return `${it} keeps being changed by somebody else`;
  if (status === 404) return `${it} is not there`;
  if (status === 401) return `the API server does not accept the token of the hook's ServiceAccount`;
  if (status === 403 && detail === '') return forbidden(error, settings);
  return `"${verb}" of ${it} was not accepted (HTTP ${status}${detail && `, ${detail}`})`;
}

function forbidden({ verb, object }: ApiError, { release, role }: Settings): string {
  const { kind, name, namespace } = object;
  const whose = role === undefined ? `of the release ${release.name}` : role;
  const rule = `"${verb}" on ${RESOURCES[kind][1]} "${name}"`;
  return `the hook may not ${verb} ${named(object)}: the Role ${whose} in namespace ${namespace} must allow ${rule}, unless the namespace is gone and the Role with it`;
}
