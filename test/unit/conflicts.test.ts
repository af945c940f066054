import { expect, test } from 'vitest';
import { loadConfig } from '../../generator/config/load.ts';

test.each([
  [
    'a size for a claim that is there',
    'storage:\n  badger:\n    existingClaim: traces\n    size: 20Gi\n',
    '4:5: /storage/badger/size: size is for the claim that the chart makes, and with existingClaim it makes none; leave out one of the two',
  ],
  [
    'a connection to nothing',
    'spacelift:\n  deployments: []\n',
    '2:3: /spacelift/deployments: deployments names nothing, so nothing would be connected; name one, leave the key out, or write connect: {mode: manual}',
  ],
  [
    'OpenSearch without a server',
    'storage:\n  opensearch: {}\n',
    '2:3: /storage/opensearch: urls is missing; write for instance urls: [https://opensearch-cluster-master:9200]',
  ],
  [
    'Cassandra with an empty list of servers',
    'storage:\n  cassandra:\n    servers: []\n',
    '2:3: /storage/cassandra: servers is missing; write for instance servers: [cassandra.cassandra.svc.cluster.local]',
  ],
  [
    'a certificate without its Secret',
    'storage:\n  opensearch:\n    urls: [https://search:9200]\n    tls:\n      caKey: ca.crt\n',
    '5:7: /storage/opensearch/tls/caKey: caKey is a key of a Secret; name it in existingSecret',
  ],
  [
    'a certificate of a connection in clear',
    'storage:\n  grpc:\n    endpoint: traces:1\n    existingSecret: s\n    tls:\n      caKey: ca.crt\n',
    '6:7: /storage/grpc/tls/caKey: caKey has no effect without TLS; write enabled: true beside it',
  ],
  [
    "a client's certificate without its key",
    'storage:\n  grpc:\n    endpoint: traces:1\n    existingSecret: s\n    tls:\n      enabled: true\n      certKey: tls.crt\n',
    '7:7: /storage/grpc/tls/certKey: certKey and keyKey go together; write both',
  ],
  [
    'a queue on disk that nothing uses',
    'kafka: {}\nbuffer:\n  disk: {}\n',
    '3:3: /buffer/disk: spans wait on disk on their way to Jaeger, and with kafka they go to a topic, where they wait anyway; leave out one of the two',
  ],
  [
    'an authority of brokers that are spoken to in clear',
    'kafka:\n  tls:\n    caKey: kafka-ca.crt\n',
    '3:5: /kafka/tls/caKey: caKey has no effect without TLS; write enabled: true beside it',
  ],
  [
    'an authority of a metrics backend that is spoken to in clear',
    'metrics:\n  mimir:\n    tls: {caKey: metrics-ca.crt}\n',
    '3:11: /metrics/mimir/tls/caKey: caKey has no effect without TLS; write an endpoint that begins with https://',
  ],
  [
    'span metrics that have nowhere to go',
    'metrics: {}\nspanMetrics: {}\n',
    '2:1: /spanMetrics: span metrics have nowhere to go without a metrics backend; add `metrics: {prometheus: {}}`, or mimir or victoriaMetrics, or leave out spanMetrics',
  ],
  [
    'a label that is there already',
    'metrics: {prometheus: {}}\nspanMetrics: {dimensions: [span.kind]}\n',
    '2:15: /spanMetrics/dimensions: span.kind is a label of the span metrics already; leave it out',
  ],
  [
    'a label given twice',
    'metrics: {prometheus: {}}\nspanMetrics: {dimensions: [tenant, tenant]}\n',
    '2:15: /spanMetrics/dimensions: tenant is a label of the span metrics already; leave it out',
  ],
  [
    'an Ingress without a name',
    'ui:\n  ingress: {tlsSecret: jaeger-tls}\n',
    '2:3: /ui/ingress: hosts is missing; write for instance hosts: [jaeger.example.com]',
  ],
  [
    'a route without a Gateway',
    'ui:\n  gateway: {hostnames: [jaeger.example.com]}\n',
    '2:3: /ui/gateway: parentRefs is missing; write for instance parentRefs: [{name: public, namespace: gateways}]',
  ],
])('refuses %s', (_, text, expected) => {
  expect(() => loadConfig(text, 'config.yaml')).toThrow(`config.yaml:${expected}`);
});
