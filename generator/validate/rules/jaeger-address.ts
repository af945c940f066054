import { isObject, type Json } from '../../text/json.ts';
import { mapAt, mapsAt } from '../../text/json-path.ts';
import { type Address, addresses } from './addresses.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { COLLECTOR, JAEGER } from './storage-backend.ts';

/** TCP ports of the jaeger chart's Service (templates/jaeger/jaeger-service.yaml), whoever listens behind them. */
const OF_SERVICE = [5778, 9411, 14250, 14267, 14268, 4317, 4318, 16686, 16685, 8888, 8889];
/** Those on which Jaeger's query and its own metrics listen without a word in its configuration. */
const BY_ITSELF = [16686, 16685, 8888];
/** An endpoint at which a program listens for others; the ones that it calls have a name in front. */
const LISTENER = /^(?:0\.0\.0\.0|\[::\]|\$\{env:\w+\})?:(\d+)$/;
/** Scheme and host of an address. */
const HOST = /^(?:[a-z][a-z0-9+.-]*:\/{2,3})?[^:/]+/;

/**
 * Jaeger's Service has all ports that Jaeger ever had, and behind most of them nobody listens: what is sent there is refused
 * again and again, and then dropped. OTLP over gRPC and over HTTP have a port each.
 */
export const jaegerAddress: Rule = (subject) => {
  const open = openPorts(subject);
  return addresses(subject)
    .filter(({ service }) => service === subject.model.names.jaeger)
    .flatMap((address) => wrongPort(address, open, subject.model.ports.otlpGrpc));
};

function wrongPort({ path, text, service, port }: Address, open: readonly number[], grpc: number): Finding[] {
  const id = path.at(COLLECTOR.length + 1) ?? '';
  const [type] = id.split('/');
  const sends = path[COLLECTOR.length] === 'exporters';
  if (sends && type === 'otlp_grpc') {
    if (port === grpc) return [];
    const value = `${HOST.exec(text)?.[0] ?? service}:${grpc}`;
    const message = `the exporter ${id} sends to ${text}, and Jaeger takes OTLP over gRPC on port ${grpc}; write ${value}`;
    return [{ code: 'dead-address', path, message, remedy: { kind: 'set', path, value, certain: true } }];
  }
  if (sends && type === 'otlp_http' && port === grpc) {
    const message = `the exporter ${id} speaks HTTP, and Jaeger takes gRPC on port ${grpc}; write it as otlp_grpc with the endpoint ${service}:${grpc}`;
    return [{ code: 'dead-address', path, message }];
  }
  if (port === undefined || open.includes(port)) return [];
  const message = `${path.join('.')} is ${text}, and nobody listens on port ${port} of Jaeger; open are ${open.join(', ')}, and spans go to ${service}:${grpc} over gRPC`;
  return [{ code: 'dead-address', path, message }];
}

/** Ports of Jaeger's receivers and extensions, and what the values add to its Service. */
function openPorts({ values }: Subject): number[] {
  const listeners = ['receivers', 'extensions']
    .flatMap((section) => endpointsIn(mapAt(values, ...JAEGER, section)))
    .map((endpoint) => Number(LISTENER.exec(endpoint)?.[1]));
  const open = [...BY_ITSELF, ...listeners].filter((port) => OF_SERVICE.includes(port));
  const added = mapsAt(values, 'jaeger', 'jaeger', 'service', 'extraPorts').map(({ port }) => Number(port));
  return [...new Set([...open, ...added])].toSorted((a, b) => a - b);
}

function endpointsIn(value: Json): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'endpoint' && typeof inner === 'string' ? [inner] : endpointsIn(inner),
  );
}
