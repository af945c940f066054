import { isObject, type JsonObject } from '../../text/json.ts';
import { mapAt, textAt } from '../../text/json-path.ts';
import type { Subject } from './rule.ts';

/** Where the configuration of Jaeger is in the values. */
export const JAEGER = ['jaeger', 'userconfig'] as const;
/** Where the configuration of the collector is. */
export const COLLECTOR = ['otelcol', 'alternateConfig'] as const;

/** The backend that Jaeger's query reads: its name, and its settings by their one type. */
export interface Backend {
  readonly name: string;
  readonly path: readonly string[];
  readonly types: JsonObject;
}

/** The backend that `jaeger_query.storage.traces` names; without types where there is none of that name. */
export function traceBackend({ values }: Subject): Backend {
  const name = textAt(values, ...JAEGER, 'extensions', 'jaeger_query', 'storage', 'traces');
  const path = [...JAEGER, 'extensions', 'jaeger_storage', 'backends', name];
  return { name, path, types: mapAt(values, ...path) };
}

/** The settings of OpenSearch or Elasticsearch; undefined for another storage. */
export function searchBackend(subject: Subject): JsonObject | undefined {
  const { opensearch, elasticsearch } = traceBackend(subject).types;
  return [opensearch, elasticsearch].find(isObject);
}

/** Whether a volume of the pod is mounted at the path or above it. */
export function isMounted(path: string, mounts: readonly JsonObject[], volumes: readonly unknown[]): boolean {
  const folder = (each: string) => `${each.replace(/\/$/, '')}/`;
  return mounts.some(
    ({ mountPath, name }) =>
      typeof mountPath === 'string' && folder(path).startsWith(folder(mountPath)) && volumes.includes(name),
  );
}
