import { add, fieldsAfter, jsonPatch, mergePatch, owns } from './fake-fields.ts';
import { base64, EPOCH, NAMESPACE, plain, type RolloutPlay, type Stored, statusOf } from './fake-objects.ts';

/** A call as the fake has seen it. */
export interface ApiCall {
  verb: 'get' | 'patch' | 'create';
  kind: string;
  name: string;
  /** Kind of the patch. */
  patch?: 'merge' | 'json';
  dryRun: boolean;
  metadataOnly: boolean;
  body?: unknown;
}

/**
 * What happens to a call instead of an answer: a status, or a connection that ends before or after the work
 * is done.
 */
export type Fault =
  | { status: number; headers?: Record<string, string>; message?: string }
  | 'drop'
  | 'drop after'
  | undefined;

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

interface FakeEvent {
  type: string;
  reason: string;
  message: string;
  involvedObject: { kind: string; name: string; namespace: string; uid?: string };
}

/** An API server in memory, with a controller that rolls Deployments out. */
export class FakeApi {
  readonly objects = new Map<string, Stored>();
  readonly calls: ApiCall[] = [];
  readonly events: FakeEvent[] = [];
  /** Restarts of each Deployment, as versions of the pod template. */
  readonly restarts = new Map<string, number>();
  /** Calls that the Role does not allow, as `VERB KIND/NAME` or `create Event`. */
  readonly forbidden = new Set<string>();
  /** How the next rollouts go; at once unless it says otherwise. */
  readonly rollouts = new Map<string, RolloutPlay>();
  /** Asked before each call; may change objects too, as somebody else would. */
  fault: (call: ApiCall) => Fault = () => undefined;
  /** When a Secret's values were last written, and each Deployment's pods last started. */
  versions = { written: 0, started: new Map<string, number>() };
  now = EPOCH;
  #version = 1;

  constructor(...objects: Stored[]) {
    for (const object of objects) this.objects.set(`${object.kind}/${object.metadata.name}`, object);
  }

  object(kind: Stored['kind'], name: string): Stored {
    const found = this.objects.get(`${kind}/${name}`);
    if (!found) throw new Error(`no ${kind} ${name}`);
    return found;
  }

  /** The values of a Secret, decoded. */
  values(name = 'spacelift-shared'): Record<string, string | undefined> {
    const { data = {} } = this.object('Secret', name);
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, plain(value)]));
  }

  /** Our annotations on an object, without their prefix. */
  notes(kind: Stored['kind'] = 'Secret', name = 'spacelift-shared'): Record<string, string> {
    const all = Object.entries(this.object(kind, name).metadata.annotations ?? {});
    const ours = all.filter(([key]) => key.startsWith('spacelift-telemetry/'));
    return Object.fromEntries(ours.map(([key, value]) => [key.replace('spacelift-telemetry/', ''), value]));
  }

  writes(): ApiCall[] {
    return this.calls.filter(({ verb, dryRun, kind }) => verb === 'patch' && !dryRun && kind !== 'Event');
  }

  /** A change by somebody else, `kubectl apply` of a Terraform output for instance. */
  set(name: string, values: Record<string, string>, manager = 'kubectl-client-side-apply'): void {
    const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, base64(value)]));
    this.#patch(this.object('Secret', name), { data }, manager);
  }

  /** Annotations by somebody else. */
  annotate(kind: Stored['kind'], name: string, annotations: Record<string, string>): void {
    this.#patch(this.object(kind, name), { metadata: { annotations } }, 'somebody');
  }

  /**
   * A server-side apply by the owner. @throws Error when another manager has one of the keys, as kubectl
   * would
   */
  apply(name: string, values: Record<string, string>, manager = 'terraform', field = 'data'): void {
    const object = this.object('Secret', name);
    const { managedFields = [], annotations } = object.metadata;
    for (const [key, value] of Object.entries(values)) {
      const path = ['data', key];
      const other = managedFields.find((entry) => entry.manager !== manager && owns(entry, path));
      if (other && plain(object.data?.[key]) !== value)
        throw new Error(`conflict with ${other.manager}: ${key}`);
    }
    this.set(name, values, manager);
    const { metadata } = this.object('Secret', name);
    const fieldsV1 = {};
    for (const key of Object.keys(values)) add(fieldsV1, [field, key]);
    const others = (metadata.managedFields ?? []).filter((entry) => entry.manager !== manager);
    metadata.managedFields = [...others, { manager, operation: 'Apply', fieldsV1 }];
    if (annotations) metadata.annotations = annotations;
  }

  /** Answers a call of the hook's client. */
  answer(call: ApiCall, fieldManager: string): Answer {
    const failure = this.#refusal(call);
    if (failure) return failure;
    if (call.verb === 'create') {
      this.events.push(call.body as FakeEvent);
      return { status: 201, body: {} };
    }
    const object = this.objects.get(`${call.kind}/${call.name}`);
    if (!object) return status(404, `${call.kind} "${call.name}" not found`);
    if (call.verb === 'get') return this.#ok(object, call);
    return this.#patched(object, call, fieldManager);
  }

  #refusal({ verb, kind, name }: ApiCall): Answer | undefined {
    const wanted = verb === 'create' ? `create ${kind}` : `${verb} ${kind}/${name}`;
    if (!this.forbidden.has(wanted)) return undefined;
    return status(403, `${kind} "${name}" is forbidden: User "hook" cannot ${verb} resource in ${NAMESPACE}`);
  }

  #patched(object: Stored, call: ApiCall, manager: string): Answer {
    if (call.patch === 'json') {
      try {
        const next = jsonPatch(object, call.body as never);
        next.metadata.resourceVersion = String(++this.#version);
        this.objects.set(`${call.kind}/${call.name}`, next);
        return this.#ok(next, call);
      } catch {
        return status(422, 'the server rejected our request due to an error in our request');
      }
    }
    const { resourceVersion } = (call.body as { metadata: { resourceVersion?: string } }).metadata;
    if (resourceVersion !== undefined && resourceVersion !== object.metadata.resourceVersion) {
      return status(409, 'the object has been modified');
    }
    const touchesData = (call.body as Stored).data !== undefined;
    if (object.immutable && touchesData) return status(422, 'field is immutable', [{ field: 'data' }]);
    return this.#ok(call.dryRun ? object : this.#patch(object, call.body as object, manager), call);
  }

  #patch(before: Stored, body: object, manager: string): Stored {
    const after = mergePatch(before, body) as Stored;
    if (JSON.stringify(after) === JSON.stringify(before)) return before;
    const { metadata, kind, spec } = after;
    metadata.managedFields = fieldsAfter(before, after, before.metadata.managedFields ?? [], manager);
    metadata.resourceVersion = String(++this.#version);
    if (JSON.stringify(spec?.template) !== JSON.stringify(before.spec?.template)) {
      metadata.generation = (metadata.generation ?? 0) + 1;
      this.versions.started.set(metadata.name, this.#version);
      this.restarts.set(metadata.name, (this.restarts.get(metadata.name) ?? 0) + 1);
      after.status = statusOf(metadata.generation, this.rollouts.get(metadata.name) ?? 'done');
    }
    if (JSON.stringify(after.data) !== JSON.stringify(before.data)) this.versions.written = this.#version;
    this.objects.set(`${kind}/${metadata.name}`, after);
    return after;
  }

  #ok(object: Stored, { metadataOnly }: ApiCall): Answer {
    return { status: 200, body: metadataOnly ? { metadata: object.metadata } : object };
  }
}

/** An answer that is a failure, in the server's form. */
export function status(code: number, message: string, causes?: object[]): Answer {
  return { status: code, body: { kind: 'Status', status: 'Failure', message, code, details: { causes } } };
}
