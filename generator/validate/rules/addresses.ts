import { COMPONENT_KINDS } from '../../model.ts';
import type { Json } from '../../text/json.ts';
import { mapAt, textAt } from '../../text/json-path.ts';
import type { Subject } from './rule.ts';
import { COLLECTOR, JAEGER } from './storage-backend.ts';

/** Where a program of this release sends to, or asks. */
export interface Address {
  readonly path: readonly string[];
  /** As it is written. */
  readonly text: string;
  /** The first label of its host: the Service, where the host is one. */
  readonly service: string;
  /** The namespace that it names; none for the release's own. */
  readonly namespace?: string;
  readonly port?: number;
}

/** Names of settings that hold an address, or a list of them. */
const KEYS = /(^|_)(endpoints?|urls?|servers?|brokers?|hostnames?|hosts?|addresses|targets?)$/;

/** Scheme, labels of the host, port; and nothing else but a path. */
const ADDRESS =
  /^(?:[a-z][a-z0-9+.-]*:\/{2,3})?([A-Za-z0-9-]+)((?:\.[A-Za-z0-9-]+)*)\.?(?::(\d+))?(?:\/.*)?$/;

/** All addresses inside the cluster, as the values have them: of both programs, and of Spacelift itself. */
export function addresses({ values }: Subject): Address[] {
  const spacelift = ['spacelift', 'connect', 'endpoint'];
  return [
    ...[COLLECTOR, JAEGER].flatMap((config) =>
      COMPONENT_KINDS.flatMap((section) =>
        stringsIn(mapAt(values, ...config, section), [...config, section]),
      ),
    ),
    { path: spacelift, text: textAt(values, ...spacelift) },
  ].flatMap(({ path, text }) => parse(path, text));
}

function stringsIn(value: Json, path: readonly string[]): { path: readonly string[]; text: string }[] {
  if (typeof value === 'string') {
    const key = path.findLast((each) => !/^\d+$/.test(each)) ?? '';
    return KEYS.test(key) ? [{ path, text: value }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsIn(inner, [...path, key]));
}

/** Nothing for a host outside of the cluster: a name of the cluster is bare, has a namespace, or goes on with `svc`. */
function parse(path: readonly string[], text: string): Address[] {
  const [, service, labels = '', port] = ADDRESS.exec(text) ?? [];
  const [namespace, kind] = labels.split('.').slice(1);
  if (service === undefined || (kind !== undefined && kind !== 'svc')) return [];
  return [{ path, text, service, ...(namespace && { namespace }), ...(port && { port: Number(port) }) }];
}
