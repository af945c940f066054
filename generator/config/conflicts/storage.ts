import type { StorageConfig } from '../../../schema/types/telemetry-config.ts';
import { missing, type Rule, SWITCH_ON, withoutTls } from './rule.ts';

/** A claim of the user's own has the size and class that it has. */
export const existingClaim: Rule = ({ storage }) => {
  const { existingClaim: name, size, storageClass } = storage?.badger ?? {};
  if (!name) return [];
  const settings = { size, storageClass };
  return (Object.keys(settings) as (keyof typeof settings)[])
    .filter((key) => settings[key])
    .map((key) => ({
      path: ['storage', 'badger', key],
      message: `${key} is for the claim that the chart makes, and with existingClaim it makes none; leave out one of the two`,
    }));
};

type Remote = Exclude<keyof StorageConfig, 'type' | 'memory' | 'badger'>;

/** What names the servers of each storage that has any, and how that is written. */
const SERVERS: Readonly<Record<Remote, readonly [key: string, example: string]>> = {
  opensearch: ['urls', '[https://opensearch-cluster-master:9200]'],
  elasticsearch: ['urls', '[https://elasticsearch-master:9200]'],
  cassandra: ['servers', '[cassandra.cassandra.svc.cluster.local]'],
  clickhouse: ['addresses', '[clickhouse:9000]'],
  grpc: ['endpoint', 'jaeger-storage:17271'],
};

const remotes = Object.keys(SERVERS) as Remote[];

/** Jaeger would look for a server in its own pod. */
export const servers: Rule = ({ storage = {} }) =>
  remotes.flatMap((kind) => {
    const [key, example] = SERVERS[kind];
    const section = storage[kind] as Record<string, unknown> | undefined;
    if (section === undefined || (section[key] as string | unknown[] | undefined)?.length) return [];
    return [missing(['storage', kind], key, example)];
  });

const FILES = ['caKey', 'certKey', 'keyKey'] as const;

/** Certificates are files of a Secret, of an encrypted connection, and a client's is nothing without its key. */
export const certificates: Rule = ({ storage = {} }) =>
  remotes.flatMap((kind) => {
    const { tls, existingSecret } = storage[kind] ?? {};
    const { enabled, certKey, keyKey } = (tls ?? {}) as {
      enabled?: boolean;
      certKey?: string;
      keyKey?: string;
    };
    const used = FILES.filter((key) => (tls as Record<string, unknown> | undefined)?.[key]);
    const conflict = (key: string, message: string) => ({ path: ['storage', kind, 'tls', key], message });
    const searches = kind === 'opensearch' || kind === 'elasticsearch';
    return [
      ...(existingSecret
        ? []
        : used.map((key) => conflict(key, `${key} is a key of a Secret; name it in existingSecret`))),
      ...(searches || enabled ? [] : used.map((key) => withoutTls(['storage', kind, 'tls', key], SWITCH_ON))),
      ...(!certKey === !keyKey
        ? []
        : [conflict(certKey ? 'certKey' : 'keyKey', 'certKey and keyKey go together; write both')]),
    ];
  });
