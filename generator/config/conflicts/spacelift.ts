import type { Rule } from './rule.ts';

/** A hook without a Secret or a Deployment would say that all is well, and connect nothing. */
export const targets: Rule = ({ spacelift }) => {
  if (spacelift?.connect?.mode === 'manual') return [];
  const empty = (['secrets', 'deployments'] as const).filter((key) => spacelift?.[key]?.length === 0);
  return empty.map((key) => ({
    path: ['spacelift', key],
    message: `${key} names nothing, so nothing would be connected; name one, leave the key out, or write connect: {mode: manual}`,
  }));
};

/** Why Spacelift cannot send to an address: it takes OTLP over gRPC at one that begins with http://. */
export function endpointProblem(endpoint: string): string | undefined {
  if (/^http:\/\/(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):[0-9]+$/.test(endpoint)) {
    const otherPort = 'has the port of OTLP over HTTP, and Spacelift speaks gRPC';
    return endpoint.endsWith(':4318') ? otherPort : undefined;
  }
  if (endpoint.startsWith('https://'))
    return "asks for TLS: for that Spacelift's pods would need the authority's certificate as a file, which no Secret gives them";
  if (!endpoint.startsWith('http://')) return 'lacks the http:// that Spacelift asks for, also for gRPC';
  return 'is not http://, a host and a port';
}

/** Another place for Spacelift to send to than this release's collector. */
export const endpoint: Rule = ({ spacelift }) => {
  const given = spacelift?.connect?.endpoint ?? '';
  const why = given === '' ? undefined : endpointProblem(given);
  const path = ['spacelift', 'connect', 'endpoint'];
  return why === undefined
    ? []
    : [{ path, message: `${JSON.stringify(given)} ${why}; write for instance http://gateway:4317` }];
};

/** Whether the wait before the first restart leaves less than a minute for the restarts themselves. */
export const leavesNoTime = (delay: number, timeout: number): boolean => delay > 0 && delay + 60 > timeout;

/** What the wait before the first restart takes is missing for the restarts. */
export const restartWindow: Rule = ({ spacelift }) => {
  const { restartDelaySeconds: delay = 0, timeoutSeconds: timeout = 240 } = spacelift?.connect ?? {};
  if (!leavesNoTime(delay, timeout)) return [];
  const message = `${delay} leaves less than 60 seconds of the ${timeout} for the restarts; write timeoutSeconds: ${delay + 120} beside it`;
  return [{ path: ['spacelift', 'connect', 'restartDelaySeconds'], message }];
};
