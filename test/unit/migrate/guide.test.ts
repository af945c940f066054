import { describe, expect, test } from 'vitest';
import { UserError } from '../../../generator/errors.ts';
import { loadConfig, model, values } from '../../../generator/index.ts';
import { migrate } from '../../../generator/migrate/index.ts';
import type { JsonObject } from '../../../generator/text/json.ts';
import { printYaml } from '../../../generator/text/yaml.ts';
import { merge } from '../../../generator/values/merge.ts';
import { lines } from '../../support/judge.ts';

const RESOURCES = 'resources: {requests: {cpu: 200m, memory: 512Mi}, limits: {memory: 1Gi}}';
/** The files of the guide, as it writes them. */
const JAEGER = `allInOne: {${RESOURCES}}\nstorage:\n  type: memory\n`;
const BADGER = `allInOne: {${RESOURCES}}
storage:
  type: badger
  badger: {ephemeral: false, persistence: {useExistingPvcName: jaeger-badger}}
`;
const CLAIM = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: jaeger-badger, namespace: monitoring}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
const COLLECTOR = `mode: deployment
image: {repository: ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s}
command: {name: otelcol-k8s}
resources: {requests: {cpu: 200m, memory: 256Mi}, limits: {memory: 1Gi}}
config:
  receivers: {jaeger: null, prometheus: null, zipkin: null}
  exporters:
    otlp:
      endpoint: http://jaeger-collector:4317
      tls: {insecure: true}
    nop:
  service:
    pipelines:
      traces: {receivers: [otlp], exporters: [otlp]}
      metrics: {receivers: [otlp], exporters: [otlp]}
      logs: null
ports:
  otlp-http: {enabled: false}
  zipkin: {enabled: false}
`;

/** What files become, and what is said of them, each as a line. */
function migrated(...texts: string[]) {
  const { config, values, notes } = migrate(texts.map((text, index) => ({ file: `${index}.yaml`, text })));
  const says = notes.map(
    ({ file, position, pointer, message }) =>
      `${file}:${position?.line}:${position?.column}: ${pointer}: ${message}`,
  );
  return { config, values, says };
}

/** That what came out is a configuration, and values, that are right. */
function expectRight({ config, values: rest }: { config: object; values: JsonObject }) {
  const text = printYaml(config as JsonObject);
  const checked = loadConfig(text, 'telemetry.yaml');
  const all = merge(values(checked, model) as unknown as JsonObject, rest);
  expect(lines({ 'values.yaml': printYaml(all) }).filter((line) => !line.includes(': warning: '))).toEqual(
    [],
  );
}

describe("the guide's files", () => {
  test('become traces in memory, and what never worked is said at its place', () => {
    const outcome = migrated(JAEGER, COLLECTOR);
    expect(outcome).toEqual({
      config: { storage: { memory: {} } },
      values: {},
      says: [
        expect.stringMatching(
          /^0\.yaml:1:12: \/allInOne\/resources: the chart renamed allInOne to jaeger in 4\.2\.0/,
        ),
        expect.stringMatching(
          /^1\.yaml:8:5: \/config\/exporters\/otlp: http:\/\/jaeger-collector:4317 is a Service that/,
        ),
        expect.stringMatching(
          /^1\.yaml:15:7: \/config\/service\/pipelines\/metrics: Jaeger takes no metrics/,
        ),
      ],
    });
    expectRight(outcome);
  });

  test('become Badger on the claim that is there', () => {
    const outcome = migrated(BADGER, COLLECTOR, CLAIM);
    expect(outcome.config).toEqual({ storage: { badger: { existingClaim: 'jaeger-badger' } } });
    expect(outcome.says).toContainEqual(
      expect.stringMatching(/^0\.yaml:3:3: \/storage\/type: since version 4 .* traces were kept in memory/),
    );
    expect(outcome.says).toContainEqual(
      expect.stringMatching(/^2\.yaml:1:1: .*: the claim jaeger-badger stays as it is, with 1Gi/),
    );
    expectRight(outcome);
  });

  test('may come in any order, and one at a time', () => {
    expect(migrated(COLLECTOR, BADGER).config).toEqual(migrated(BADGER, COLLECTOR).config);
    expect(migrated('config: {service: {telemetry: {logs: {level: debug}}}}\n').config).toEqual({
      debug: { logLevel: 'debug' },
    });
  });
});

describe('what people made of them', () => {
  test.each<[string, string, object]>([
    [
      'a number of traces',
      'storage: {type: memory}\nallInOne: {args: [--memory.max-traces=500]}\n',
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
