import { describe, expect, test } from 'vitest';
import { sized } from '../../generator/features/load.ts';
import { loadConfig, type TelemetryConfig } from '../../generator/index.ts';
import { bytes, quarterGiB, seconds, share, wholeGiB } from '../../generator/values/quantities.ts';

const load = { spansPerSecond: 100, bytesPerSpan: 300, spansPerTrace: 10, outage: '1h' };

describe('load', () => {
  test('says nothing of a configuration without it', () => {
    const config: TelemetryConfig = { storage: { badger: {} }, buffer: { disk: {} } };
    expect(sized(config)).toEqual(config);
  });

  test('is no section of what follows from it', () => {
    expect(sized({ load })).not.toHaveProperty('load');
  });

  test('leaves every size alone that somebody has written', () => {
    const config: TelemetryConfig = {
      storage: { badger: { size: '3Gi' } },
      buffer: { disk: { size: '4Gi', memoryLimit: '5Gi', giveUpAfter: '1h' } },
      traces: { sample: { tail: { maxTraces: 6 } } },
    };
    expect(sized({ ...config, load: { ...load, spansPerSecond: 100_000, outage: '100h' } })).toEqual(config);
  });

  test("leaves a claim of somebody's own alone", () => {
    expect(sized({ load, storage: { badger: { existingClaim: 'mine' } } }).storage).toEqual({
      badger: { existingClaim: 'mine' },
    });
  });

  test('gives Badger a claim for its rate times its retention', () => {
    const size = (retention: string, factor = 1) => {
      const rates = { ...load, spansPerSecond: 100 * factor };
      return bytes(sized({ load: rates, storage: { badger: { retention } } }).storage?.badger?.size ?? '');
    };
    const spans = 100 * 72 * 3600;
    expect(size('72h')).toBeGreaterThan(spans * 2 * 300);
    expect(size('72h')).toBeLessThan(spans * 3 * 300);
    expect(size('144h')).toBeGreaterThan(1.9 * size('72h'));
    expect(size('72h', 2)).toBeGreaterThan(1.9 * size('72h'));
  });

  test('gives the queue on disk room for the outage, and time for one that is longer than a day', () => {
    const disk = (outage: string) => sized({ load: { ...load, outage }, buffer: { disk: {} } }).buffer?.disk;
    expect(bytes(disk('8h')?.size ?? '') * 0.6).toBeGreaterThan(100 * 8 * 3600 * 300);
    expect(disk('8h')).not.toHaveProperty('giveUpAfter');
    expect(disk('30h')?.giveUpAfter).toBe('30h');
  });

  test('gives the queue in memory room for the outage, and its pod memory for the queue', () => {
    const { queueSize = '', memoryLimit = '' } =
      sized({ load: { ...load, spansPerSecond: 5000 } }).buffer?.memory ?? {};
    expect(bytes(queueSize)).toBeGreaterThanOrEqual(5000 * 3600 * 300);
    expect(bytes(memoryLimit) * 0.6).toBeGreaterThan(2 * bytes(queueSize));
  });

  test('leaves the queue to Kafka alone', () => {
    expect(sized({ load, kafka: {} }).buffer).toEqual({ memory: { memoryLimit: '1Gi' } });
  });

  test('counts what tail sampling holds back as memory of the collector', () => {
    const of = (config: TelemetryConfig) =>
      bytes(
        sized({ load: { ...load, spansPerSecond: 20_000, outage: '1s' }, ...config }).buffer?.memory
          ?.memoryLimit ?? '',
      );
    expect(of({ traces: { sample: { tail: {} } } })).toBeGreaterThan(of({}));
  });

  test('keeps a little load at the sizes of the chart', () => {
    const { storage, buffer } = sized({ load: { spansPerSecond: 1 } });
    expect(storage?.memory?.memoryLimit).toBe('1Gi');
    expect(buffer?.memory?.memoryLimit).toBe('1Gi');
  });

  test('asks for the rate when it is not there', () => {
    expect(() => loadConfig('load:\n  outage: 8h\n', 'telemetry.yaml')).toThrow(
      /telemetry\.yaml:1:1: .*spansPerSecond is missing; write for instance spansPerSecond: 200/,
    );
  });
});

describe('quantities', () => {
  test('are bytes and seconds', () => {
    expect([bytes('2Gi'), bytes('3M')]).toEqual([2 * 2 ** 30, 3e6]);
    expect([seconds('1h30m'), seconds('0.5s'), seconds('250ms')]).toEqual([5400, 0.5, 0.25]);
  });

  test('are printed so that nothing is missing', () => {
    expect([wholeGiB(1), wholeGiB(2 ** 30 + 1)]).toEqual(['1Gi', '2Gi']);
    expect([quarterGiB(2 ** 30), quarterGiB(2 ** 30 + 1)]).toEqual(['1Gi', '1280Mi']);
    expect([share('1Gi', 1 / 2), share('1G', 1 / 4)]).toEqual(['512Mi', '239Mi']);
  });
});
