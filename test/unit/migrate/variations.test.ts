import { describe, expect, test } from 'vitest';
import { UserError } from '../../../generator/errors.ts';
import { loadConfig } from '../../../generator/index.ts';
import type { JsonObject } from '../../../generator/text/json.ts';
import { printYaml } from '../../../generator/text/yaml.ts';
import { expectRight, migrated } from '../../support/migrated.ts';

describe('what people made of them', () => {
  test.each<[string, string, object]>([
    [
      'a number of traces',
      'storage: {type: memory}\nallInOne: {args: [--memory.max-traces=500]}\n',
      { storage: { memory: { maxTraces: 500 } } },
    ],
    [
      'a retention by a flag',
      'storage: {type: badger}\nallInOne: {args: [--badger.span-store-ttl=168h]}\n',
      { storage: { badger: { retention: '168h' } } },
    ],
    [
      'OpenSearch by its host alone',
      'storage: {type: opensearch, opensearch: {host: os}}\n',
      { storage: { opensearch: { urls: ['http://os:9200'] } } },
    ],
    [
      'a URL before a host',
      'storage: {type: opensearch, opensearch: {host: os, url: "https://a:1"}}\n',
      { storage: { opensearch: { urls: ['https://a:1'] } } },
    ],
    [
      'an Ingress that is off',
      'storage: {type: memory}\nallInOne: {ingress: {enabled: false, hosts: [jaeger.example.com]}}\n',
      { storage: { memory: {} } },
    ],
    [
      'two collectors',
      'mode: deployment\nreplicaCount: 2\n',
      { availability: { collector: { replicas: 2 } } },
    ],
    [
      'traces in the memory of Jaeger 2',
      'userconfig: {extensions: {jaeger_query: {storage: {traces: m}}, jaeger_storage: {backends: {m: {memory: {max_traces: 500}}}}}}\n',
      { storage: { memory: { maxTraces: 500 } } },
    ],
    [
      'a retention by a variable',
      'storage: {type: badger}\nallInOne: {extraEnv: [{name: BADGER_SPAN_STORE_TTL, value: 168h}]}\n',
      { storage: { badger: { retention: '168h' } } },
    ],
    [
      'a Badger that forgets',
      'storage: {type: badger, badger: {ephemeral: true}}\n',
      { storage: { memory: {} } },
    ],
    [
      'Elasticsearch',
      'storage: {type: elasticsearch, elasticsearch: {scheme: https, host: es, port: 9200, indexPrefix: prod, existingSecret: es}}\n',
      {
        storage: { elasticsearch: { urls: ['https://es:9200'], indexPrefix: 'prod', existingSecret: 'es' } },
      },
    ],
    [
      'Cassandra',
      'storage: {type: cassandra, cassandra: {host: "a.db,b.db", port: 9043, keyspace: spans}}\n',
      { storage: { cassandra: { servers: ['a.db', 'b.db'], port: 9043, keyspace: 'spans' } } },
    ],
    [
      'an Ingress',
      'allInOne: {ingress: {enabled: true, ingressClassName: nginx, hosts: [{host: jaeger.example.com}]}}\n',
      { ui: { ingress: { className: 'nginx', hosts: ['jaeger.example.com'] } } },
    ],
    [
      'a configuration of Jaeger 2 on a claim',
      'jaeger: {extraVolumes: [{name: d, persistentVolumeClaim: {claimName: mine}}]}\nuserconfig: {extensions: {jaeger_query: {storage: {traces: b}}, jaeger_storage: {backends: {b: {badger: {ttl: {spans: 24h}}}}}}}\n',
      { storage: { badger: { existingClaim: 'mine', retention: '24h' } } },
    ],
    [
      'several collectors',
      'mode: deployment\nreplicaCount: 3\n',
      { availability: { collector: { replicas: 3 } } },
    ],
    [
      'collectors by their load',
      'mode: deployment\nautoscaling: {enabled: true, minReplicas: 2, maxReplicas: 4, targetCPUUtilizationPercentage: 80}\n',
      { availability: { collector: { autoscaling: { minReplicas: 2, maxReplicas: 4, cpuPercent: 80 } } } },
    ],
    [
      'a sampler',
      'config: {processors: {probabilistic_sampler: {sampling_percentage: 25}}}\n',
      { traces: { sample: { probabilistic: { percentage: 25 } } } },
    ],
  ])('%s', (_, text, config) => {
    const outcome = migrated(text);
    expect(outcome.config).toEqual(config);
    expect(() => loadConfig(printYaml(outcome.config as JsonObject), 'c')).not.toThrow();
  });

  test('a document without anything is no file of anybody', () => {
    expect(migrated('---\n# old\n---\nstorage: {type: memory}\n').config).toEqual({
      storage: { memory: {} },
    });
  });

  test('keys that a configuration has no words for become values', () => {
    const outcome = migrated(
      'allInOne: {resources: {limits: {memory: 4Gi}}, nodeSelector: {disk: ssd}}\n',
      'mode: deployment\ntolerations: [{key: a, operator: Exists}]\nresources: {limits: {memory: 2Gi}}\n',
    );
    expect(outcome.values).toEqual({
      jaeger: { jaeger: { resources: { limits: { memory: '4Gi' } }, nodeSelector: { disk: 'ssd' } } },
      otelcol: { tolerations: [{ key: 'a', operator: 'Exists' }], resources: { limits: { memory: '2Gi' } } },
    });
    expectRight(outcome);
  });

  test('an exporter to elsewhere is kept under its new name, and where it goes is left to a person', () => {
    const { values, says } = migrated(
      'config: {exporters: {otlp/saas: {endpoint: "api.example.com:443"}}, service: {pipelines: {traces: {exporters: [otlp/saas]}}}}\n',
    );
    expect(values).toEqual({
      otelcol: { alternateConfig: { exporters: { 'otlp_grpc/saas': { endpoint: 'api.example.com:443' } } } },
    });
    expect(says.join()).toContain('otlp/saas sends traces to api.example.com:443');
  });

  test('a password is not carried along, and it is said where it would end', () => {
    const { config, values, says } = migrated(
      'storage: {type: opensearch, opensearch: {host: os, password: hunter2}}\n',
    );
    expect(JSON.stringify({ config, values })).not.toContain('hunter2');
    expect(says.join()).toContain('a password in values ends in a ConfigMap');
  });

  test('nothing is dropped without a word', () => {
    const { says } = migrated(
      'storage: {type: memory}\nspark: {enabled: true}\nallInOne: {samplingConfig: "{}"}\n',
    );
    expect(says).toEqual([
      expect.stringMatching(/^0\.yaml:2:1: \/spark: is unknown here and was not taken over/),
      expect.stringMatching(/^0\.yaml:3:12: \/allInOne\/samplingConfig: is unknown here/),
    ]);
  });
});

test.each([
  ['broken: {\n', '2:1: Flow map'],
  ['', '1:1: is empty'],
  [
    'replicas: 1\n',
    '1:1: is neither a values file of the jaeger chart nor one of the opentelemetry-collector chart',
  ],
])('refuses %j', (text, expected) => {
  expect(() => migrated(text)).toThrow(UserError);
  expect(() => migrated(text)).toThrow(`0.yaml:${expected}`);
});
