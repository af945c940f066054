import { tool } from '../../scripts/tools.mjs';
import { apply, kubectl, rolledOut } from './cluster.ts';
import { type SenderImages, SPACELIFT_SERVICES } from './cluster-objects.ts';
import type { Outcome } from './helm.ts';
import { run } from './processes.ts';
import { encodedSecret, type Settings, SHARED_SECRET, services, sharedSecret } from './spacelift-objects.ts';

/** A Secret, its values as text. */
export interface SecretView {
  readonly values: Settings;
  readonly annotations: Readonly<Record<string, string>>;
  /** Who owns fields of it. */
  readonly managers: readonly string[];
  readonly resourceVersion: string;
}

/** Changes of each Deployment's specification, its restarts among them. */
export type Generations = Readonly<Record<string, number>>;

interface Item {
  metadata: {
    name: string;
    resourceVersion: string;
    generation: number;
    annotations?: Record<string, string>;
    managedFields?: { manager: string }[];
  };
  data?: Record<string, string>;
  involvedObject: { kind: string; name: string };
  reason: string;
  message: string;
}

/** The values that Spacelift's own Terraform module writes; it knows nothing of telemetry. */
export const TERRAFORM: Settings = {
  DATABASE_URL: 'postgres://user:secret@database/spacelift',
  OBSERVABILITY_VENDOR: 'Disabled',
};

/** Spacelift in a namespace of its own, from its operator's side. */
export class Spacelift {
  readonly namespace: string;
  readonly #images: SenderImages;

  constructor(namespace: string, images: SenderImages) {
    this.namespace = namespace;
    this.#images = images;
  }

  /** Starts the services, and returns when they run. */
  async start(...secrets: string[]): Promise<void> {
    await apply(await services(this.namespace, this.#images, secrets.length > 0 ? secrets : undefined));
    await this.ready();
  }

  /** Applies the Secret as Terraform's output is applied: with its keys as text, on the client's side. */
  applySecret(settings: Settings = TERRAFORM, name = SHARED_SECRET): Promise<void> {
    return apply([sharedSecret(this.namespace, settings, name)]);
  }

  /** Applies it on the server's side as another manager; a conflict is an outcome. */
  async applyOnServer(settings: Settings, name = SHARED_SECRET): Promise<Outcome> {
    const args = ['apply', '--server-side', '--field-manager=terraform', '--filename=-'];
    const input = JSON.stringify(encodedSecret(this.namespace, settings, name));
    return run(await tool('kubectl'), args, { input });
  }

  async deleteSecret(name = SHARED_SECRET): Promise<void> {
    await kubectl(['delete', 'secret', name, '--namespace', this.namespace, '--ignore-not-found']);
  }

  async secret(name = SHARED_SECRET): Promise<SecretView> {
    const { metadata, data = {} } = await this.#get(`secret/${name}`);
    const values = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
    return {
      values: Object.fromEntries(values),
      annotations: metadata.annotations ?? {},
      managers: (metadata.managedFields ?? []).map(({ manager }) => manager),
      resourceVersion: metadata.resourceVersion,
    };
  }

  async generations(): Promise<Generations> {
    const { items } = await this.#list('deployments');
    return Object.fromEntries(items.map(({ metadata }) => [metadata.name, metadata.generation]));
  }

  /** What Events say, as `KIND/NAME REASON: MESSAGE`. */
  async events(): Promise<string[]> {
    const { items } = await this.#list('events');
    return items.map(({ involvedObject: { kind, name }, reason, message }) => {
      return `${kind}/${name} ${reason}: ${message}`;
    });
  }

  /** The operator restarts all, for a reason of their own. */
  async restart(): Promise<void> {
    await kubectl(['rollout', 'restart', 'deployment', '--namespace', this.namespace]);
    await this.ready();
  }

  async ready(): Promise<void> {
    for (const name of SPACELIFT_SERVICES) await rolledOut(this.namespace, name);
  }

  async #get(name: string): Promise<Item> {
    const fields = ['--output=json', '--show-managed-fields'];
    return JSON.parse(await kubectl(['get', name, '--namespace', this.namespace, ...fields])) as Item;
  }

  async #list(kind: string): Promise<{ items: Item[] }> {
    const list = await kubectl(['get', kind, '--namespace', this.namespace, '--output=json']);
    return JSON.parse(list) as { items: Item[] };
  }
}

/** Generations after each Deployment was restarted so many times more. */
export function restarted(before: Generations, times = 1): Generations {
  return Object.fromEntries(Object.entries(before).map(([name, generation]) => [name, generation + times]));
}
