import { describe, expect, test } from 'vitest';
import { expectRight, migrated } from '../../support/migrated.ts';

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
