import type { CassandraConfig, ClickHouseConfig } from '../../../schema/types/telemetry-config.ts';
import type { CassandraBackend, ClickHouseBackend, Values } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { seconds } from '../../values/quantities.ts';
import { certificates, connectionTls, loginOfPod, password, username } from './credentials.ts';
import { backend, pod } from './pod.ts';
import { noSearchJobs } from './search-jobs.ts';

/** Traces in Cassandra, whose tables forget rows by themselves. */
export function cassandra(section: CassandraConfig, model: Model): Values {
  return {
    presets: { storage: 'cassandra' },
    jaeger: {
      jaeger: pod({ memory: ['256Mi', '1Gi'], ...loginOfPod(section, model) }, model),
      userconfig: backend('cassandra', cassandraBackend(section, model)),
      ...noSearchJobs(),
    },
  };
}

function cassandraBackend(section: CassandraConfig, model: Model): CassandraBackend {
  const { datacenter = 'datacenter1', retention = '168h' } = section;
  return {
    connection: {
      ...(section.servers && { servers: section.servers }),
      port: section.port ?? 9042,
      local_dc: datacenter,
      ...(section.existingSecret && { auth: { basic: { username, password } } }),
      tls: connectionTls(section, model),
    },
    schema: {
      keyspace: section.keyspace ?? 'spacelift',
      create: section.createSchema ?? true,
      datacenter,
      replication_factor: section.replicationFactor ?? 3,
      trace_ttl: retention,
      dependencies_ttl: retention,
      compaction_window: compactionWindow(retention),
    },
  };
}

/** Jaeger's authors advise less than fifty windows in a retention (internal/storage/cassandra/config/config.go). */
function compactionWindow(retention: string): string {
  return `${Math.max(2, Math.ceil(seconds(retention) / 3600 / 48))}h`;
}

/** Traces in ClickHouse, which Jaeger calls experimental: it starts with it only where a feature gate is open. */
export function clickhouse(section: ClickHouseConfig, model: Model): Values {
  const needs = {
    memory: ['256Mi', '1Gi'] as const,
    args: ['--feature-gates=storage.clickhouse'],
    ...loginOfPod(section, model),
  };
  return {
    presets: { storage: 'clickhouse' },
    jaeger: {
      jaeger: pod(needs, model),
      userconfig: backend('clickhouse', clickhouseBackend(section, model)),
      ...noSearchJobs(),
    },
  };
}

function clickhouseBackend(section: ClickHouseConfig, model: Model): ClickHouseBackend {
  const { addresses, tls, existingSecret } = section;
  return {
    ...(addresses && { addresses }),
    protocol: section.protocol ?? 'native',
    database: section.database ?? 'jaeger',
    ...(existingSecret && { auth: { basic: { username, password } } }),
    // Its presence turns TLS on, whatever is in it.
    ...(tls?.enabled && {
      tls: { insecure_skip_verify: tls.skipVerify ?? false, ...certificates(section, model) },
    }),
    create_schema: section.createSchema ?? true,
    ttl: section.retention ?? '168h',
  };
}
