import type { StorageConfig } from '../../../schema/types/telemetry-config.ts';
import { model } from '../../model.ts';
import type { Feature } from '../feature.ts';
import { cassandra, clickhouse } from './databases.ts';
import { badger, memory } from './embedded.ts';
import { remote } from './remote.ts';
import { search } from './search.ts';

const existingSecret = model.secrets.storage.name;

/**
 * Where Jaeger keeps traces. Owns Jaeger's pod, the jobs of its chart, and the two pointers at a backend: each type
 * writes all of them, so that the later of two presets replaces the earlier wholly. A backend that nothing points
 * at may stay behind; Jaeger opens none before it is used.
 */
export const storage: Feature<StorageConfig> = {
  overlay: (section, model) => {
    if (section.badger) return badger(section.badger, model);
    if (section.opensearch) return search('opensearch', section.opensearch, model);
    if (section.elasticsearch) return search('elasticsearch', section.elasticsearch, model);
    if (section.cassandra) return cassandra(section.cassandra, model);
    if (section.clickhouse) return clickhouse(section.clickhouse, model);
    if (section.grpc) return remote(section.grpc, model);
    return section.memory ? memory(section.memory, model) : {};
  },
  base: { memory: {} },
  presets: [
    {
      name: 'memory',
      purpose: "Traces in Jaeger's memory: the default, and the way back from another storage.",
      section: { memory: {} },
    },
    {
      name: 'badger',
      purpose:
        'Traces in Badger on a PersistentVolumeClaim: they outlive the pod, an upgrade and an uninstall.',
      section: { badger: {} },
    },
    {
      name: 'opensearch',
      purpose: 'Traces in an OpenSearch of yours, deleted after seven days.',
      section: { opensearch: { urls: ['https://opensearch-cluster-master:9200'], existingSecret } },
    },
    {
      name: 'elasticsearch',
      purpose: 'Traces in an Elasticsearch of yours, deleted after seven days.',
      section: { elasticsearch: { urls: ['https://elasticsearch-master:9200'], existingSecret } },
    },
    {
      name: 'cassandra',
      purpose: 'Traces in a Cassandra of yours, which forgets them after seven days.',
      section: { cassandra: { servers: ['cassandra.cassandra.svc.cluster.local'], existingSecret } },
    },
    {
      name: 'clickhouse',
      purpose: 'Traces in a ClickHouse of yours. Alpha: Jaeger may change its tables in any version.',
      section: { clickhouse: { addresses: ['clickhouse:9000'], existingSecret } },
    },
    {
      name: 'grpc',
      purpose: "Traces in a server of yours that speaks Jaeger's storage API over gRPC.",
      section: { grpc: { endpoint: 'jaeger-storage:17271' } },
    },
  ],
};
