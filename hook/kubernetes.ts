import { ApiError, printable, type Verb } from './api-error.ts';
import type { KubernetesObject, ObjectRef } from './api-objects.ts';
import { MANAGER } from './names.ts';

/** The few calls that the Role allows, each made once: who calls decides what a failure means. */
export interface Kubernetes {
  /** @param part - `metadata` keeps a Secret's data at the server */
  get(object: ObjectRef, part?: 'whole' | 'metadata'): Promise<KubernetesObject>;
  /** @returns the object's metadata */
  mergePatch(object: ObjectRef, patch: object, options?: { dryRun: boolean }): Promise<KubernetesObject>;
  /** @returns the object's metadata */
  jsonPatch(object: ObjectRef, operations: readonly object[]): Promise<KubernetesObject>;
  createEvent(namespace: string, name: string, event: object): Promise<void>;
  /** The API server's clock, as of its last answer: the one that creation times are from. */
  time(): number;
}

/** Where the API server is, and how it is asked. */
export interface KubernetesOptions {
  readonly url: string;
  /** Read for each call, since the kubelet renews it; nothing where none is needed. */
  token(): Promise<string | undefined>;
  readonly fetch: typeof globalThis.fetch;
  now(): number;
  /** Time for one call. */
  readonly callMs?: number;
}

interface Call {
  readonly verb: Verb;
  readonly object: ApiError['object'];
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly path: string;
  readonly metadataOnly?: boolean;
  readonly contentType?: string;
  readonly body?: object;
}

/** Long enough for a busy server, short enough for several tries. */
const CALL_MS = 10_000;

/** Asks for an object without its content; GET and PATCH both follow it. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Where the objects of a kind are, and how rules of a Role name them. */
export const RESOURCES = {
  Secret: ['api/v1', 'secrets'],
  Deployment: ['apis/apps/v1', 'deployments'],
  Service: ['api/v1', 'services'],
  Job: ['apis/batch/v1', 'jobs'],
  Event: ['api/v1', 'events'],
} as const;

/** A client over fetch. */
export function kubernetes(options: KubernetesOptions): Kubernetes {
  let skew = 0;
  const call = async (request: Call): Promise<KubernetesObject> => {
    const answer = await send(options, request);
    const date = Date.parse(answer.headers.get('date') ?? '');
    if (!Number.isNaN(date)) skew = date - options.now();
    const body: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw refused(request, answer, body);
    if (body !== undefined) return body as KubernetesObject;
    throw new ApiError(request.verb, request.object, { status: 0, detail: 'the answer broke off' });
  };
  const patch = (object: ObjectRef, kind: 'merge' | 'json', body: object, dryRun = false) => {
    const query = new URLSearchParams({ fieldManager: MANAGER, ...(dryRun && { dryRun: 'All' }) });
    const path = `${pathOf(object)}?${query}`;
    const contentType = `application/${kind}-patch+json`;
    return call({ verb: 'patch', object, method: 'PATCH', path, contentType, body, metadataOnly: true });
  };
  return {
    get: (object, part = 'whole') =>
      call({
        verb: 'get',
        object,
        method: 'GET',
        path: pathOf(object),
        metadataOnly: part === 'metadata',
      }),
    mergePatch: (object, body, { dryRun } = { dryRun: false }) => patch(object, 'merge', body, dryRun),
    jsonPatch: (object, operations) => patch(object, 'json', operations),
    async createEvent(namespace, name, event) {
      const object = { kind: 'Event' as const, namespace, name };
      const path = collectionOf(object);
      const contentType = 'application/json';
      await call({ verb: 'create', object, method: 'POST', path, contentType, body: event });
    },
    time: () => options.now() + skew,
  };
}

function pathOf(object: ObjectRef): string {
  return `${collectionOf(object)}/${object.name}`;
}

function collectionOf({ kind, namespace }: ApiError['object']): string {
  const [group, plural] = RESOURCES[kind];
  return `/${group}/namespaces/${namespace}/${plural}`;
}

async function send(options: KubernetesOptions, request: Call): Promise<Response> {
  const token = await options.token();
  const headers = {
    accept: request.metadataOnly ? METADATA_ONLY : 'application/json',
    ...(request.contentType && { 'content-type': request.contentType }),
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const signal = AbortSignal.timeout(options.callMs ?? CALL_MS);
  const { method, path, body } = request;
  const init = { method, headers, signal, ...(body && { body: JSON.stringify(body) }) };
  try {
    return await options.fetch(options.url + path, init);
  } catch (error) {
    const detail = noAnswer(error);
    if (detail === undefined) throw error;
    throw new ApiError(request.verb, request.object, { status: 0, detail });
  }
}

/** What fetch throws when there is no answer; any other error is a mistake of ours. */
function noAnswer(error: unknown): string | undefined {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  if (!(error instanceof TypeError) || error.message !== 'fetch failed') return undefined;
  const { code, message } = (error.cause ?? {}) as { code?: string; message?: string };
  return code ?? message ?? 'no connection';
}

function refused(request: Call, answer: Response, body: unknown): ApiError {
  const seconds = Number(answer.headers.get('retry-after') ?? 0);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : 0;
  return new ApiError(request.verb, request.object, {
    status: answer.status,
    detail: printable(body),
    retryAfterMs,
  });
}
