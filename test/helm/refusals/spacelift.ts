import type { Refusal } from './refusal.ts';

const endpoint = (given: string) => `spacelift: {connect: {endpoint: "${given}"}}`;

/** An endpoint that is refused, and the one that the text names instead. */
const wrong = (name: string, given: string, why: string, instead: string): Refusal => ({
  name,
  values: endpoint(given),
  refusal: `spacelift.connect.endpoint is "${given}", which ${why}. Leave it out for this release's collector, or write:

    spacelift:
      connect:
        endpoint: ${instead}`,
  mended: { values: endpoint(instead) },
});

/** What may not be said about Spacelift. */
export const spaceliftRefusals: readonly Refusal[] = [
  {
    name: 'a hook without a target',
    values: 'spacelift: {secrets: []}',
    refusal: `spacelift.secrets and spacelift.deployments must each name at least one object, or nothing is connected. Write:

    spacelift:
      secrets:
        - spacelift-shared
      deployments:
        - spacelift-drain
        - spacelift-server

or leave Spacelift alone:

    spacelift:
      connect:
        mode: manual`,
    mended: { values: 'spacelift: {secrets: [], connect: {mode: manual}}' },
  },
  wrong(
    'an endpoint without http://',
    'gateway.tracing:4317',
    'lacks the http:// that Spacelift asks for, also for gRPC',
    'http://gateway.tracing:4317',
  ),
  wrong(
    'an endpoint with TLS',
    'https://gateway.tracing:4317',
    "asks for TLS: for that Spacelift's pods would need the authority's certificate as a file, which no Secret gives them",
    'http://gateway.tracing:4317',
  ),
  wrong(
    'the port of OTLP over HTTP',
    'http://gateway.tracing:4318',
    'has the port of OTLP over HTTP, and Spacelift speaks gRPC',
    'http://gateway.tracing:4317',
  ),
  wrong(
    'an endpoint with a path',
    'http://gateway.tracing:4317/v1/traces',
    'is not http://, a host and a port',
    'http://gateway.tracing:4317',
  ),
  wrong(
    'an endpoint without a port',
    'http://[fd00::1]',
    'is not http://, a host and a port',
    'http://[fd00::1]:4317',
  ),
  {
    name: 'a wait that leaves no time to restart',
    values: 'spacelift: {connect: {restartDelaySeconds: 200}}',
    refusal: `spacelift.connect.restartDelaySeconds is 200, which leaves less than 60 seconds of the 240 for the restarts. Give Helm more time, --timeout 380s, and write:

    spacelift:
      connect:
        timeoutSeconds: 320`,
    mended: { values: 'spacelift: {connect: {restartDelaySeconds: 200, timeoutSeconds: 320}}' },
  },
];
