import { printPaste } from '../../config/remedy.ts';
import { at, textAt } from '../../text/json-path.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { COLLECTOR, JAEGER } from './storage-backend.ts';

const GRPC = ['receivers', 'otlp', 'protocols', 'grpc', 'endpoint'];

/** The port behind the last colon; undefined where there is none, or an expression stands for it. */
function portOf(endpoint: string): number | undefined {
  const [, port] = /:(\d+)$/.exec(endpoint) ?? [];
  return port === undefined ? undefined : Number(port);
}

/** The jaeger chart's Service and probes have these ports, and no value changes them. */
const JAEGER_PORTS = [
  { path: GRPC, what: 'OTLP over gRPC', key: 'otlpGrpc' },
  { path: ['extensions', 'healthcheckv2', 'http', 'endpoint'], what: 'its health', key: 'health' },
  { path: ['extensions', 'jaeger_query', 'http', 'endpoint'], what: 'the UI', key: 'query' },
] as const;

/** Paths of the maps that hold these addresses. Without one of them nothing finds Jaeger. */
export const JAEGER_LISTENERS: readonly (readonly string[])[] = JAEGER_PORTS.map(({ path }) => [
  ...JAEGER,
  ...path.slice(0, -1),
]);

/** Jaeger listens where its Service and its probes come. */
export const jaegerPorts: Rule = ({ values, model }) =>
  JAEGER_PORTS.flatMap(({ path, what, key }): Finding[] => {
    const endpoint = textAt(values, ...JAEGER, ...path);
    const [port, fixed] = [portOf(endpoint), model.ports[key]];
    if (port === undefined || port === fixed) return [];
    const message = `Jaeger listens on port ${port} for ${what}, and its Service and its probes come to ${fixed}, which no value changes. Write`;
    const right = endpoint.replace(/\d+$/, String(fixed));
    return [{ path: [...JAEGER, ...path], message, yaml: printPaste([...JAEGER, ...path], right) }];
  });

/** The collector's Service leads to the port that it listens on. */
export const collectorPorts: Rule = (subject) => [
  ...collectorPort(subject, GRPC, ['ports', 'otlp', 'containerPort'], 4317),
  ...['livenessProbe', 'readinessProbe'].flatMap((probe) =>
    collectorPort(subject, ['extensions', 'health_check', 'endpoint'], [probe, 'httpGet', 'port'], 13133),
  ),
];

function collectorPort(
  { values }: Subject,
  listener: readonly string[],
  chart: readonly string[],
  fallback: number,
): Finding[] {
  const endpoint = textAt(values, ...COLLECTOR, ...listener);
  const port = portOf(endpoint);
  const expected = at(values, 'otelcol', ...chart) ?? fallback;
  if (port === undefined || port === expected) return [];
  const path = [...COLLECTOR, ...listener];
  const message = `The collector listens on port ${port}, and otelcol.${chart.join('.')} is ${expected}, so nothing comes there. Write`;
  return [{ path, message, yaml: printPaste(path, endpoint.replace(/\d+$/, String(expected))) }];
}
