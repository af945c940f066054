import type { SearchStorageConfig } from '../../../schema/types/telemetry-config.ts';
import type { SearchBackend, Values } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { certificates, loginOfPod, passwordFile, username } from './credentials.ts';
import { backend, pod } from './pod.ts';
import { searchJobs } from './search-jobs.ts';

/** OpenSearch and Elasticsearch: one configuration by two names. */
export function search(
  name: 'opensearch' | 'elasticsearch',
  section: SearchStorageConfig,
  model: Model,
): Values {
  return {
    presets: { storage: name },
    jaeger: {
      jaeger: pod({ memory: ['256Mi', '1Gi'], ...loginOfPod(section, model) }, model),
      userconfig: backend(name, searchBackend(section, model)),
      ...searchJobs(section, model),
    },
  };
}

function searchBackend(section: SearchStorageConfig, model: Model): SearchBackend {
  const { urls, existingSecret, tls, indexPrefix = 'spacelift', rollover } = section;
  const index = { shards: section.shards ?? 1, replicas: section.replicas ?? 1 };
  return {
    ...(urls && { server_urls: urls }),
    ...(existingSecret && {
      auth: { basic: { username, password_file: passwordFile(model), reload_interval: '10s' } },
    }),
    // Here `insecure` means that no certificate is looked at; for gRPC it means no TLS.
    tls: { insecure: tls?.skipVerify ?? false, ...certificates(section, model) },
    max_span_age: `${24 * searchedDays(section)}h`,
    ...(rollover && { use_aliases: true }),
    indices: {
      index_prefix: indexPrefix,
      spans: index,
      services: index,
      dependencies: index,
      sampling: index,
    },
  };
}

/** Names of so many daily indices are sure to fit into the 4 KiB that a server takes as the line of a request. */
const MOST_DAILY_INDICES = 90;
const TEN_YEARS = 3650;

/** How far back Jaeger looks for a trace: as far as there are any, and as it can. */
function searchedDays({ retentionDays = 7, rollover }: SearchStorageConfig): number {
  return Math.min(retentionDays || TEN_YEARS, rollover ? TEN_YEARS : MOST_DAILY_INDICES);
}
