import { join } from 'node:path';
import { freePorts } from '../support/processes.ts';

const NAMES = [
  'otlp',
  'health',
  'metrics',
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

/** Arguments that move the collector to these addresses, and its queue into a folder of this machine. */
export function moveCollector(
  { otlp, jaegerOtlp, health, metrics }: Addresses,
  queueFolder: string | undefined,
): string[] {
  const storage = 'extensions.file_storage/queue';
  return [
    `--set=receivers.otlp.protocols.grpc.endpoint=${otlp}`,
    `--set=exporters.otlp_grpc/jaeger.endpoint=${jaegerOtlp}`,
    `--set=extensions.health_check.endpoint=${health}`,
    `--set=service.telemetry.metrics.readers=${prometheusReader(metrics)}`,
    ...(queueFolder === undefined
      ? []
      : [
          `--set=${storage}.directory=${queueFolder}`,
          `--set=${storage}.compaction.directory=${queueFolder}`,
        ]),
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
