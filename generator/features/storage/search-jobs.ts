import type { SearchStorageConfig } from '../../../schema/types/telemetry-config.ts';
import type { EnvVar, JaegerChart } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { loginEnv } from './credentials.ts';

type Rollover = NonNullable<SearchStorageConfig['rollover']>;
type Jobs = Pick<JaegerChart, 'storage' | 'esIndexCleaner' | 'esRollover' | 'esLookback'>;

/** A job's own part: every storage writes all of it, for each of the three. */
interface JobSettings {
  readonly enabled: boolean;
  readonly extraEnv: EnvVar[];
}

const off: JobSettings = { enabled: false, extraEnv: [] };

/** No job of the jaeger chart: the storage is none that they know, or forgets by itself. */
export function noSearchJobs(): Jobs {
  return jobs('', 7, [], [], { cleaner: off, rollover: off, lookback: off });
}

/** Retention and rollover of OpenSearch or Elasticsearch, which do neither by themselves. */
export function searchJobs(section: SearchStorageConfig, { secrets }: Model): Jobs {
  const { urls = [], retentionDays = 7, rollover, tls, existingSecret = '' } = section;
  const ca = tls?.caKey && { path: `${secrets.storage.mountPath}/${tls.caKey}`, key: tls.caKey };
  const connection: EnvVar[] = [
    { name: 'INDEX_PREFIX', value: section.indexPrefix ?? 'spacelift' },
    ...loginEnv('ES', section),
    ...(ca || tls?.skipVerify ? [flag('ES_TLS_ENABLED')] : []),
    ...(ca ? [{ name: 'ES_TLS_CA', value: ca.path }] : []),
    ...(tls?.skipVerify ? [flag('ES_TLS_SKIP_HOST_VERIFY')] : []),
  ];
  const mounts = ca
    ? [{ name: 'ca', secretName: existingSecret, mountPath: ca.path, subPath: ca.key, readOnly: true }]
    : [];
  const job = (enabled: boolean, ...env: EnvVar[]): JobSettings =>
    enabled ? { enabled, extraEnv: [...connection, ...env] } : off;
  const forgets = retentionDays > 0;
  const days = forgets ? retentionDays + (rollover ? daysOfWriting(rollover) : 0) : 0;
  return jobs(urls[0] ?? '', days, mounts, rollover ? initEnv(section, connection) : [], {
    cleaner: job(forgets, ...(rollover ? [flag('ROLLOVER')] : [])),
    rollover: job(rollover !== undefined, { name: 'CONDITIONS', value: conditions(rollover ?? {}) }),
    lookback: job(
      forgets && rollover !== undefined,
      { name: 'UNIT', value: 'days' },
      { name: 'UNIT_COUNT', value: String(days) },
    ),
  });
}

const flag = (name: string): EnvVar => ({ name, value: 'true' });

const DAYS = { d: 1, h: 1 / 24, m: 1 / 24 / 60 };

/**
 * Days that an index may be written to. The jobs count its age from its first day (jaegertracing/jaeger v2.19.0,
 * internal/storage/elasticsearch/filter/date.go), and its last spans must live as long as anybody's.
 */
function daysOfWriting({ maxAge = '1d' }: Rollover): number {
  return Math.ceil(Number.parseInt(maxAge, 10) * DAYS[maxAge.slice(-1) as keyof typeof DAYS]);
}

/** What makes a new index, whichever comes first. */
function conditions({ maxAge = '1d', maxSize = '50gb' }: Rollover): string {
  return JSON.stringify({ max_age: maxAge, max_size: maxSize });
}

/** The first indices get their shards from the Job that makes them, not from Jaeger. */
function initEnv({ shards = 1, replicas = 1 }: SearchStorageConfig, connection: readonly EnvVar[]): EnvVar[] {
  return [
    ...connection,
    { name: 'SHARDS', value: String(shards) },
    { name: 'REPLICAS', value: String(replicas) },
  ];
}

function jobs(
  url: string,
  numberOfDays: number,
  extraSecretMounts: NonNullable<NonNullable<JaegerChart['esRollover']>['extraSecretMounts']>,
  initEnv: EnvVar[],
  each: Readonly<Record<'cleaner' | 'rollover' | 'lookback', JobSettings>>,
): Jobs {
  return {
    storage: { elasticsearch: { url } },
    esIndexCleaner: { ...each.cleaner, numberOfDays, extraSecretMounts },
    esRollover: { ...each.rollover, initHook: { extraEnv: initEnv }, extraSecretMounts },
    esLookback: { ...each.lookback, extraSecretMounts },
  };
}
