import { tool } from '../../scripts/tools.mjs';
import { apply, eventsIn, kubectl } from './cluster.ts';
import type { SenderImages } from './cluster-objects.ts';
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

/** How many different pods each Deployment has had: one more with each restart. */
export type Revisions = Readonly<Record<string, number>>;

interface Item {
  metadata: {
    name: string;
    resourceVersion: string;
    annotations?: Record<string, string>;
    managedFields?: { manager: string }[];
  };
  data?: Record<string, string>;
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

  /** Starts services of these names alone, which read these Secrets, and returns when they run. */
  async startOnly(names: readonly string[], secrets: readonly string[] = [SHARED_SECRET]): Promise<void> {
    await apply(await services(this.namespace, this.#images, secrets, names));
    await this.ready();
  }

  /** Changes fields of a Deployment, as its operator. */
  async patch(deployment: string, change: object): Promise<void> {
    const patch = ['--type=strategic', `--patch=${JSON.stringify(change)}`];
    await kubectl(['patch', 'deployment', deployment, '--namespace', this.namespace, ...patch]);
  }

  async remove(...deployments: string[]): Promise<void> {
    await kubectl(['delete', 'deployment', ...deployments, '--namespace', this.namespace]);
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

  /** Waits for what is on its way first. A generation would also count a note on the Deployment itself. */
  async revisions(): Promise<Revisions> {
    await this.ready();
    const { items } = await this.#list('deployments');
    const revisions = items.map(({ metadata: { name, annotations } }) => {
      return [name, Number(annotations?.['deployment.kubernetes.io/revision'])];
    });
    return Object.fromEntries(revisions);
  }

  /** What Events say, as {@link eventsIn}. */
  events(): Promise<string[]> {
    return eventsIn(this.namespace);
  }

  /** The operator restarts all, for a reason of their own. */
  async restart(): Promise<void> {
    await kubectl(['rollout', 'restart', 'deployment', '--namespace', this.namespace]);
    await this.ready();
  }

  /** Returns when all pods are new and ready. */
  async ready(): Promise<void> {
    await kubectl(['rollout', 'status', 'deployment', '--namespace', this.namespace, '--timeout=3m']);
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

/** Revisions after each Deployment was restarted so many times more. */
export function restarted(before: Revisions, times = 1): Revisions {
  return Object.fromEntries(Object.entries(before).map(([name, revision]) => [name, revision + times]));
}
