import type { ObjectRef } from './api-objects.ts';

/** What is asked of the API server; a dry run needs the same right and changes nothing. */
export type Verb = 'get' | 'patch' | 'create';

/**
 * What Node calls an error of a certificate (nodejs.org, "TLS/SSL", "X509 certificate error codes").
 */
const CERTIFICATE =
  /^(CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|INVALID_(CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$)/;

/** A call that did not succeed; what the server said of it is kept only as far as it may be printed. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly verb: Verb;
  readonly object: ObjectRef | { readonly kind: 'Event'; readonly namespace: string; readonly name: string };
  /** HTTP status; 0 when there was no answer, or only a part of one. */
  readonly status: number;
  /** Why there was no answer, or what stood in the way of a write: an admission webhook for instance. */
  readonly detail: string;
  /** Time that the server asks for before the next try. */
  readonly retryAfterMs: number;

  constructor(
    verb: Verb,
    object: ApiError['object'],
    { status, detail = '', retryAfterMs = 0 }: { status: number; detail?: string; retryAfterMs?: number },
  ) {
    super(
      `${verb} ${object.kind} ${object.namespace}/${object.name}: ${status || 'no answer'} ${detail}`.trim(),
    );
    this.verb = verb;
    this.object = object;
    this.status = status;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same call may succeed later; a certificate that is not trusted now will not be then. */
  get transient(): boolean {
    return (
      (this.status === 0 && !this.untrusted) ||
      this.status === 408 ||
      this.status === 429 ||
      this.status >= 500
    );
  }

  /** Whether there was no answer since the server's certificate is not one to trust. */
  get untrusted(): boolean {
    return this.status === 0 && CERTIFICATE.test(this.detail);
  }

  /** Whether somebody else wrote first; a JSON patch whose test fails is answered with 422. */
  get conflict(): boolean {
    return this.status === 409 || (this.status === 422 && this.detail === '');
  }
}

/**
 * What may be printed of the server's words. They can quote an object's content, so only two things are
 * taken: the name of what refused a write at admission, and the field that is wrong.
 */
export function printable(body: unknown): string {
  const { message = '', details = {} } = (body ?? {}) as {
    message?: string;
    details?: { causes?: { field?: string }[] };
  };
  const admission = /(admission webhook|ValidatingAdmissionPolicy) ["']([^"']+)["']/.exec(message);
  if (admission) return `refused by the ${admission[1]} ${admission[2]}`;
  const fields = (details.causes ?? []).flatMap(({ field }) => (field ? [field] : []));
  return fields.length > 0 ? `not valid: ${fields.join(', ')}` : '';
}
