import { type SpanLoad, senderEnv, sendSpans, sendSpansForever } from './spans.ts';

/** Images that the tests run beside the chart. */
export interface SenderImages {
  /** A stand-in for Spacelift's services that reads what Spacelift reads; without one telemetrygen plays it. */
  readonly spacelift: string | undefined;
  readonly telemetrygen: string;
}

/** What Pod Security `restricted` demands, so that the tests run in any namespace. */
export const securedContainer = {
  imagePullPolicy: 'IfNotPresent',
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    runAsUser: 10001,
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

/** Spacelift's Deployments that send traces. */
export const SPACELIFT_SERVICES = ['spacelift-server', 'spacelift-drain', 'spacelift-scheduler'];

/**
 * Spacelift, as far as telemetry goes: Deployments that send spans from their start.
 * @param endpoint what Spacelift's setting would be, `http://` in front
 */
export function spacelift(namespace: string, endpoint: string, images: SenderImages): object[] {
  const env = [
    { name: 'OBSERVABILITY_VENDOR', value: 'OpenTelemetry' },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: endpoint },
  ];
  const image = images.spacelift ?? images.telemetrygen;
  return SPACELIFT_SERVICES.map((name) => {
    const args = images.spacelift ? [name] : sendSpansForever(new URL(endpoint).host, name);
    return spaceliftDeployment(namespace, name, { image, args, env });
  });
}

/**
 * One of Spacelift's Deployments, in what all of its stand-ins have in common.
 * @param container what this one runs, and what it reads
 */
export function spaceliftDeployment(
  namespace: string,
  name: string,
  container: object,
  volumes: readonly object[] = [],
): object {
  const labels = { app: name };
  const containers = [{ name: 'spacelift', ...container, ...securedContainer }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 5, containers, volumes } },
    },
  };
}

/**
 * A Job that sends a known number of spans once.
 * @param endpoint host and port
 */
export function sender(namespace: string, endpoint: string, load: SpanLoad, images: SenderImages): object {
  const env = Object.entries(senderEnv(load)).map(([name, value]) => ({ name, value }));
  const args = sendSpans(endpoint, load);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: load.service, namespace },
    spec: {
      backoffLimit: 0, // a second try would send more spans than were counted
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'telemetrygen', image: images.telemetrygen, args, env, ...securedContainer }],
        },
      },
    },
  };
}

/** A claim that does not belong to the chart. */
export function claim(namespace: string, name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
}
