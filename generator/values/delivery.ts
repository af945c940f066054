/**
 * Bytes that wait in the collector's memory unless it is told otherwise. Measured full, with Jaeger away: 324,000 spans of
 * 308 bytes, and the process at 344 MiB of its 1 GiB. Then it refuses spans in a way that senders try again.
 */
export const QUEUE_SIZE = 100_000_000;

/**
 * How the collector hands spans on, to Jaeger or to Kafka: a queue in memory, batches by size, and tries again.
 *
 * @param largest - bytes of the largest batch; what receives it refuses a larger one for good
 */
export function spanDelivery(largest: number) {
  return {
    timeout: '10s',
    // An end, so that spans that can never be stored hold up the others for an hour and not for ever. No more is lost
    // than the ten requests under way at each end; the queue is full long before at any rate that matters.
    retry_on_failure: { initial_interval: '1s', max_interval: '10s', max_elapsed_time: '1h' },
    sending_queue: {
      sizer: 'bytes',
      queue_size: QUEUE_SIZE,
      batch: {
        flush_timeout: '200ms',
        sizer: 'bytes',
        min_size: Math.min(500_000, largest),
        max_size: largest,
      },
    },
  } as const;
}
