import type { StorageConfig, TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import type { StorageValues, Values } from '../../schema/types/values.ts';
import { isObject, type JsonObject } from '../text/json.ts';
import { mapAt } from '../text/json-path.ts';
import type { SourceFile } from './verdict.ts';

/** What a YAML document is. `other` is an object of Kubernetes in which nobody writes values of this chart. */
export type Kind = 'values' | 'configuration' | 'HelmRelease' | 'Application' | 'ApplicationSet' | 'other';

/** Keys of one type that another has not: the compiler asks for each of them, and takes no other. */
type Only<One, Other> = Record<Exclude<keyof One, keyof Other>, true>;

/** Sections that only a configuration has, and keys that only values have and may have; they share the rest. */
const CONFIGURATION: Only<TelemetryConfig, Values> = {
  load: true,
  traces: true,
  buffer: true,
  kafka: true,
  availability: true,
  metrics: true,
  spanMetrics: true,
  images: true,
  debug: true,
};
const VALUES: Partial<Only<Values, TelemetryConfig>> = {
  presets: true,
  jaeger: true,
  otelcol: true,
  global: true,
  enabled: true,
};
/** The same, one level down: a storage is chosen in a configuration, and only sized in values. */
const STORAGES: Only<StorageConfig, StorageValues> = {
  memory: true,
  opensearch: true,
  elasticsearch: true,
  cassandra: true,
  clickhouse: true,
  grpc: true,
};

/**
 * Tells what a document is: by its `kind`, by the line that names its schema, by the name that configurations have, else
 * by the keys that it has.
 */
export function kindOf(document: unknown, { file, text }: SourceFile): Kind {
  if (isObject(document) && typeof document['kind'] === 'string' && 'apiVersion' in document)
    return kindOfObject(document['kind'], String(document['apiVersion']));
  const [, schema = ''] = /^\uFEFF?# yaml-language-server: \$schema=(\S+)/m.exec(text) ?? [];
  if (schema.endsWith('telemetry-config.schema.json')) return 'configuration';
  if (schema.endsWith('values.schema.json') || !isObject(document)) return 'values';
  if (/(^|[\\/])telemetry\.ya?ml$/.test(file)) return 'configuration';
  const has = (keys: object, map: JsonObject) => Object.keys(keys).filter((key) => key in map).length;
  const configuration = has(CONFIGURATION, document) + has(STORAGES, mapAt(document, 'storage'));
  return configuration > has(VALUES, document) ? 'configuration' : 'values';
}

function kindOfObject(kind: string, apiVersion: string): Kind {
  const [group = ''] = apiVersion.split('/');
  if (kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') return kind;
  if ((kind === 'Application' || kind === 'ApplicationSet') && group === 'argoproj.io') return kind;
  return 'other';
}

/** The chart that an object installs, by the last part of its name; undefined where it does not say. */
export function chartOf(source: JsonObject): string | undefined {
  const { chart } = source;
  return typeof chart === 'string' ? chart.split('/').at(-1) : undefined;
}
