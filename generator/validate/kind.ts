import { isObject, type JsonObject } from '../text/json.ts';

/** What a YAML document is. `other` is an object of Kubernetes in which nobody writes values of this chart. */
export type Kind = 'values' | 'configuration' | 'HelmRelease' | 'Application' | 'ApplicationSet' | 'other';

/** Sections that only a configuration has, and keys that only values have; they share the rest. */
const CONFIGURATION = [
  'traces',
  'buffer',
  'kafka',
  'availability',
  'metrics',
  'spanMetrics',
  'images',
  'debug',
];
const VALUES = ['presets', 'jaeger', 'otelcol', 'global', 'enabled'];
/** The same, one level down: a storage is chosen in a configuration, and only sized in values. */
const STORAGES = ['memory', 'opensearch', 'elasticsearch', 'cassandra', 'clickhouse', 'grpc'];

/**
 * Tells what a document is: by the line that names its schema, by its `kind`, else by the keys that it has.
 *
 * @param text - of the whole file
 */
export function kindOf(document: unknown, text: string): Kind {
  if (isObject(document) && typeof document['kind'] === 'string' && 'apiVersion' in document)
    return kindOfObject(document['kind'], String(document['apiVersion']));
  const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)/m.exec(text) ?? [];
  if (schema.endsWith('telemetry-config.schema.json')) return 'configuration';
  if (schema.endsWith('values.schema.json') || !isObject(document)) return 'values';
  const has = (keys: readonly string[]) => keys.filter((key) => key in document).length;
  const storage = isObject(document['storage']) ? document['storage'] : {};
  const configuration = has(CONFIGURATION) + STORAGES.filter((key) => key in storage).length;
  return configuration > has(VALUES) ? 'configuration' : 'values';
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
