import { join } from 'node:path';
import { freePorts } from '../support/processes.ts';

const NAMES = [
  'otlp',
  'sampling',
  'health',
  'metrics',
  'otherOtlp',
  'otherSampling',
  'otherHealth',
  'otherMetrics',
  'jaegerOtlp',
  'jaegerHealth',
  'jaegerMetrics',
  'query',
  'queryGrpc',
] as const;

/** Where each listener of the two programs is on this machine: host and port. */
export type Addresses = Readonly<Record<(typeof NAMES)[number], string>>;

/** Addresses that nobody uses yet. */
export async function freeAddresses(): Promise<Addresses> {
  const ports = await freePorts(NAMES.length);
  const addresses = NAMES.map((name, index) => [name, `127.0.0.1:${ports[index]}`]);
  return Object.fromEntries(addresses) as Addresses;
}

/** Where a second replica of the collector is, in place of the first. */
export function otherReplica(addresses: Addresses): Addresses {
  const { otherOtlp: otlp, otherSampling: sampling, otherHealth: health, otherMetrics: metrics } = addresses;
  return { ...addresses, otlp, sampling, health, metrics };
}

/** Arguments that move the collector to these addresses, over the configuration as it is. */
export function moveCollector({ otlp, jaegerOtlp, health, metrics }: Addresses): string[] {
  return [
    `--set=receivers.otlp.protocols.grpc.endpoint=${otlp}`,
    `--set=exporters.otlp_grpc/jaeger.endpoint=${jaegerOtlp}`,
    `--set=extensions.health_check.endpoint=${health}`,
    `--set=service.telemetry.metrics.readers=${prometheusReader(metrics)}`,
  ];
}

/** Arguments that move its queue on disk into a folder of this machine. */
export function moveQueue(folder: string): string[] {
  const storage = 'extensions.file_storage/queue';
  return [`--set=${storage}.directory=${folder}`, `--set=${storage}.compaction.directory=${folder}`];
}

/** Arguments that move the second stage, and name the replicas, which have no common name on this machine. */
export function moveSampling({ sampling }: Addresses, replicas: readonly Addresses[]): string[] {
  const resolver = '--set=exporters.load_balancing.resolver';
  return [
    `--set=receivers.otlp/sampled.protocols.grpc.endpoint=${sampling}`,
    `${resolver}.dns=null`,
    `${resolver}.static.hostnames=[${replicas.map((replica) => replica.sampling).join(', ')}]`,
  ];
}

/** Arguments that move Jaeger to these addresses, and Badger's files into a folder of this machine. */
export function moveJaeger(addresses: Addresses, badgerFolder: string | undefined): string[] {
  const directories = 'extensions.jaeger_storage.backends.badger.badger.directories';
  const files = (name: string, folder: string) => `--set=${directories}.${name}=${join(folder, name)}`;
  return [
    `--set=receivers.otlp.protocols.grpc.endpoint=${addresses.jaegerOtlp}`,
    `--set=extensions.healthcheckv2.http.endpoint=${addresses.jaegerHealth}`,
    `--set=extensions.jaeger_query.http.endpoint=${addresses.query}`,
    `--set=extensions.jaeger_query.grpc.endpoint=${addresses.queryGrpc}`,
    `--set=service.telemetry.metrics.readers=${prometheusReader(addresses.jaegerMetrics)}`,
    ...(badgerFolder === undefined ? [] : [files('keys', badgerFolder), files('values', badgerFolder)]),
  ];
}

function prometheusReader(address: string): string {
  const [host, port] = address.split(':');
  return `[{pull: {exporter: {prometheus: {host: ${host}, port: ${port}}}}}]`;
}
