import { printPaste } from '../../config/remedy.ts';
import { isObject } from '../../text/json.ts';
import { at } from '../../text/json-path.ts';
import type { Rule } from './rule.ts';
import { traceBackend } from './storage-backend.ts';

/** The setting that names the server of each type, and an example. */
const SERVERS: Readonly<Record<string, { path: readonly string[]; example: string | string[] }>> = {
  opensearch: { path: ['server_urls'], example: ['https://opensearch-cluster-master:9200'] },
  elasticsearch: { path: ['server_urls'], example: ['https://elasticsearch-master:9200'] },
  cassandra: { path: ['connection', 'servers'], example: ['cassandra.cassandra.svc.cluster.local'] },
  clickhouse: { path: ['addresses'], example: ['clickhouse:9000'] },
  grpc: { path: ['endpoint'], example: 'jaeger-storage:17271' },
};

/** A backend without a server looks for one in its own pod, and the pod ends when it finds none. */
export const storageServers: Rule = (subject) => {
  const { path, types } = traceBackend(subject);
  return Object.entries(SERVERS).flatMap(([type, server]) => {
    const settings = types[type];
    if (settings === undefined) return [];
    const given = isObject(settings) ? at(settings, ...server.path) : undefined;
    if (Array.isArray(given) ? given.length > 0 : given) return [];
    return [
      {
        path: [...path, type, ...server.path],
        message: `Traces are kept in ${type}, but no server is named, and Jaeger would look for one in its own pod. Write`,
        yaml: printPaste([...path, type, ...server.path], server.example),
      },
    ];
  });
};
