import type {
  BadgerConfig,
  BufferConfig,
  DiskBufferConfig,
  LoadConfig,
  MemoryConfig,
  StorageConfig,
  TelemetryConfig,
  TracesConfig,
} from '../../schema/types/telemetry-config.ts';
import { QUEUE_SIZE } from '../values/delivery.ts';
import { bytes, quarterGiB, seconds, wholeGiB } from '../values/quantities.ts';
import { GIVE_UP_AFTER, QUEUE_SHARE } from './buffer.ts';
import { MAX_TRACES, RETENTION } from './storage/embedded.ts';
import { DECISION_WAIT } from './traces/sample.ts';

/**
 * What was measured of a span of so many bytes of OTLP, and what follows. Slopes are those of spans whose attributes
 * all differ, which is the dear case.
 */
const MEASURED = {
  /** Badger, Jaeger 2.13, 100,000 spans: 397 bytes of disk for 192 of OTLP, 779 for 378. A quarter more for what has expired and is not yet gone. */
  badgerDisk: (span: number) => 2.1 * span * 1.25,
  /** Jaeger 2.20 with 200,000 spans of 308 bytes in memory: 650 bytes each, above 51 MiB without any. */
  jaegerHeap: (span: number) => 2.1 * span,
  jaegerIdle: 51 * 2 ** 20,
  /** Collector 0.158, queue full: 324,200 spans of 308 bytes take 249 MiB beyond the 95 MiB of an empty one; 330 MB of spans of 875 bytes 663. */
  queueHeap: (span: number) => 450 + 1.15 * span,
  collectorIdle: 95 * 2 ** 20,
  /** Collector 0.158, 20,000 traces of ten spans of 308 bytes that wait for a decision: 9 KiB each. */
  tailHeap: (span: number) => 3 * span,
  /** Queue on disk: 340 bytes for 308. */
  queueDisk: (span: number) => 1.1 * span,
};

/** Share of a memory limit at which the memory limiter begins to refuse: 80 % less the 20 % of a spike. */
const REFUSES_AT = 0.6;

/** A configuration with its `load` turned into what each section leaves out of its sizes. Pure. */
export function sized({ load, ...config }: TelemetryConfig): TelemetryConfig {
  if (load?.spansPerSecond === undefined) return config;
  const rates = { bytesPerSpan: 500, spansPerTrace: 20, outage: '15m', ...load } as Rates;
  const traces = config.traces && sizedTraces(config.traces, rates);
  return {
    ...config,
    storage: sizedStorage(config.storage ?? { memory: {} }, rates),
    buffer: sizedBuffer({ ...config, ...(traces && { traces }) }, rates),
    ...(traces && { traces }),
  };
}

type Rates = Required<LoadConfig>;

function sizedStorage(storage: StorageConfig, rates: Rates): StorageConfig {
  if (storage.badger) return { badger: sizedBadger(storage.badger, rates) };
  return storage.memory ? { memory: sizedMemory(storage.memory, rates) } : storage;
}

function sizedBadger(section: BadgerConfig, { spansPerSecond, bytesPerSpan }: Rates): BadgerConfig {
  if (section.existingClaim) return section;
  const kept = spansPerSecond * seconds(section.retention ?? RETENTION);
  return { size: wholeGiB(kept * MEASURED.badgerDisk(bytesPerSpan)), ...section };
}

function sizedMemory(section: MemoryConfig, { spansPerTrace, bytesPerSpan }: Rates): MemoryConfig {
  const spans = (section.maxTraces ?? MAX_TRACES) * spansPerTrace;
  return {
    memoryLimit: limit(MEASURED.jaegerIdle + spans * MEASURED.jaegerHeap(bytesPerSpan)),
    ...section,
  };
}

/** Half as many again as come in while the oldest waits, since they do not come evenly. */
function sizedTraces(section: TracesConfig, { spansPerSecond, spansPerTrace }: Rates): TracesConfig {
  const tail = section.sample?.tail;
  if (!tail) return section;
  const waiting = (spansPerSecond / spansPerTrace) * seconds(tail.decisionWait ?? DECISION_WAIT);
  const maxTraces = Math.min(10_000_000, Math.max(1000, Math.ceil(waiting * 1.5)));
  return { ...section, sample: { tail: { maxTraces, ...tail } } };
}

/** One collector is sized to take all of it: another may be away, and connections are not spread evenly. */
function sizedBuffer({ buffer = {}, kafka, traces }: TelemetryConfig, rates: Rates): BufferConfig {
  const { bytesPerSpan, spansPerTrace } = rates;
  const waiting = Math.max(1, rates.spansPerSecond * seconds(rates.outage));
  const undecided = (traces?.sample?.tail?.maxTraces ?? 0) * spansPerTrace;
  const needed = (queued: number) =>
    limit(
      MEASURED.collectorIdle +
        queued * MEASURED.queueHeap(bytesPerSpan) +
        undecided * MEASURED.tailHeap(bytesPerSpan),
    );
  if (buffer.disk) return { disk: sizedDisk(buffer.disk, waiting, needed(0), rates) };
  // The queue to Kafka keeps its size: this section leaves it alone.
  if (kafka) return { memory: { memoryLimit: needed(QUEUE_SIZE / bytesPerSpan), ...buffer.memory } };
  const queueSize = buffer.memory?.queueSize ?? `${Math.ceil((waiting * bytesPerSpan) / 1e6)}M`;
  const memoryLimit = needed(bytes(queueSize) / bytesPerSpan);
  return { memory: { queueSize, memoryLimit, ...buffer.memory } };
}

function sizedDisk(
  section: DiskBufferConfig,
  waiting: number,
  memoryLimit: string,
  { bytesPerSpan, outage }: Rates,
): DiskBufferConfig {
  const size = wholeGiB((waiting * MEASURED.queueDisk(bytesPerSpan)) / QUEUE_SHARE);
  return {
    size,
    memoryLimit,
    ...(seconds(outage) > seconds(GIVE_UP_AFTER) && { giveUpAfter: outage }),
    ...section,
  };
}

/** Never below the chart's own default, which has room for what else goes on. */
function limit(needed: number): string {
  return quarterGiB(Math.max(2 ** 30, needed / REFUSES_AT));
}
