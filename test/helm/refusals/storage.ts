import type { Refusal } from './refusal.ts';

const preset = (name: string) => [`chart/presets/${name}.yaml`];
const backends = (settings: string) =>
  `jaeger: {userconfig: {extensions: {jaeger_storage: {backends: ${settings}}}}}`;

const env = (variable: string, key: string) =>
  `{name: ${variable}, valueFrom: {secretKeyRef: {name: spacelift-telemetry-storage, key: ${key}}}}`;

/** What is refused of the storages beside memory and Badger, and of the jobs for their indices. */
export const storageRefusals: readonly Refusal[] = [
  {
    name: 'OpenSearch without a server',
    presets: preset('opensearch'),
    values: backends('{opensearch: {opensearch: {server_urls: []}}}'),
    refusal: `Traces are kept in opensearch, but no server is named, and Jaeger would look for one in its own pod. Write:

    jaeger:
      userconfig:
        extensions:
          jaeger_storage:
            backends:
              opensearch:
                opensearch:
                  server_urls:
                    - https://opensearch-cluster-master:9200`,
    mended: { values: '{}' },
  },
  {
    name: 'Cassandra without a server',
    presets: preset('cassandra'),
    values: backends('{cassandra: {cassandra: {connection: {servers: []}}}}'),
    refusal: `              cassandra:
                cassandra:
                  connection:
                    servers:
                      - cassandra.cassandra.svc.cluster.local`,
    mended: { values: backends('{cassandra: {cassandra: {connection: {servers: [10.0.0.1]}}}}') },
  },
  {
    name: 'a remote storage without a server',
    values: `${backends('{grpc: {grpc: {timeout: 5s}}}').replace('extensions: {', 'extensions: {jaeger_query: {storage: {traces: grpc}}, ')}`,
    refusal: `              grpc:
                grpc:
                  endpoint: jaeger-storage:17271`,
    mended: { values: '{}' },
  },
  {
    name: 'a login whose variables a later list has replaced',
    presets: preset('cassandra'),
    values: 'jaeger: {jaeger: {extraEnv: [{name: TZ, value: UTC}]}}',
    refusal: `Jaeger logs in to its storage with STORAGE_USERNAME and STORAGE_PASSWORD, which its pod does not have: a list in a later values file replaces the whole list. Put these entries into yours:

    jaeger:
      jaeger:
        extraEnv:
          - name: STORAGE_USERNAME
            valueFrom:
              secretKeyRef:
                name: spacelift-telemetry-storage
                key: username
          - name: STORAGE_PASSWORD
            valueFrom:
              secretKeyRef:
                name: spacelift-telemetry-storage
                key: password`,
    mended: {
      values: `jaeger: {jaeger: {extraEnv: [${env('STORAGE_USERNAME', 'username')}, ${env('STORAGE_PASSWORD', 'password')}]}}`,
    },
  },
  {
    name: 'a login whose file a later list has replaced',
    presets: preset('opensearch'),
    values: 'jaeger: {jaeger: {extraVolumeMounts: []}}',
    refusal: `Jaeger reads files of /etc/spacelift-telemetry/storage, where no Secret is mounted: a list in a later values file replaces the whole list. Put these entries into yours:

    jaeger:
      jaeger:
        extraVolumes:
          - name: storage-credentials
            secret:
              secretName: spacelift-telemetry-storage
        extraVolumeMounts:
          - name: storage-credentials
            mountPath: /etc/spacelift-telemetry/storage
            readOnly: true`,
    mended: {
      values: `jaeger: {jaeger: {extraVolumeMounts: [{name: storage-credentials, mountPath: /etc/spacelift-telemetry/storage, readOnly: true}]}}`,
    },
  },
  {
    name: 'ClickHouse behind a closed gate',
    presets: preset('clickhouse'),
    values: 'jaeger: {jaeger: {args: []}}',
    refusal: `Traces are kept in clickhouse, which Jaeger opens only behind a feature gate: a list in a later values file replaces the whole list. Put this entry into yours:

    jaeger:
      jaeger:
        args:
          - --feature-gates=storage.clickhouse`,
    mended: { values: 'jaeger: {jaeger: {args: [--feature-gates=storage.clickhouse]}}' },
  },
  {
    name: 'retention by indices for a storage that has none',
    values: 'jaeger: {esIndexCleaner: {enabled: true}}',
    refusal: `jaeger.esIndexCleaner is on, but traces are kept in memory, which has no indices. Write:

    jaeger:
      esIndexCleaner:
        enabled: false`,
    mended: { values: 'jaeger: {esIndexCleaner: {enabled: false}}' },
  },
  {
    name: 'jobs that talk to another server than Jaeger',
    presets: preset('elasticsearch'),
    values: backends('{elasticsearch: {elasticsearch: {server_urls: ["https://es:9200"]}}}'),
    refusal: `The jobs that look after indices talk to "https://elasticsearch-master:9200", and Jaeger to https://es:9200. Write:

    jaeger:
      storage:
        elasticsearch:
          url: https://es:9200`,
    mended: {
      values: `jaeger:
  userconfig: {extensions: {jaeger_storage: {backends: {elasticsearch: {elasticsearch: {server_urls: ["https://es:9200"]}}}}}}
  storage: {elasticsearch: {url: "https://es:9200"}}`,
    },
  },
  {
    name: 'jobs that look after other indices than Jaeger writes',
    presets: preset('opensearch'),
    values: backends('{opensearch: {opensearch: {indices: {index_prefix: prod}}}}'),
    refusal: `jaeger.esIndexCleaner looks after indices with the prefix "spacelift", and Jaeger writes them with "prod". Put this entry in the place of the other:

    jaeger:
      esIndexCleaner:
        extraEnv:
          - name: INDEX_PREFIX
            value: "prod"`,
    mended: { values: '{}' },
  },
  {
    name: 'rollover without aliases',
    presets: preset('opensearch'),
    values: 'jaeger: {esRollover: {enabled: true, extraEnv: [{name: INDEX_PREFIX, value: spacelift}]}}',
    refusal: `jaeger.esRollover is on, but Jaeger does not write to the aliases that it moves. Write:

    jaeger:
      userconfig:
        extensions:
          jaeger_storage:
            backends:
              opensearch:
                opensearch:
                  use_aliases: true`,
    mended: {
      values: `jaeger:
  esRollover: {enabled: true, extraEnv: [{name: INDEX_PREFIX, value: spacelift}]}
  userconfig: {extensions: {jaeger_storage: {backends: {opensearch: {opensearch: {use_aliases: true}}}}}}`,
    },
  },
  {
    name: 'ClickHouse without a server',
    values:
      'jaeger: {userconfig: {extensions: {jaeger_query: {storage: {traces: c}}, jaeger_storage: {backends: {c: {clickhouse: {database: x, addresses: []}}}}}}, jaeger: {args: [--feature-gates=storage.clickhouse]}}',
    refusal: `              c:
                clickhouse:
                  addresses:
                    - clickhouse:9000`,
    mended: { values: '{}' },
  },
  {
    name: 'a Badger beside a mount whose path only begins alike',
    presets: preset('badger'),
    values:
      'jaeger: {jaeger: {extraVolumes: [{name: d, emptyDir: {}}], extraVolumeMounts: [{name: d, mountPath: /badg}]}}',
    refusal: 'Badger writes to /badger/keys and /badger/values, where no volume is mounted',
    mended: {
      values:
        'jaeger: {jaeger: {extraVolumes: [{name: d, emptyDir: {}}], extraVolumeMounts: [{name: d, mountPath: /badger}]}}',
    },
  },
];
