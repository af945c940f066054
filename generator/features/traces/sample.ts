import type { SampleConfig, TailConfig } from '../../../schema/types/telemetry-config.ts';
import type { LoadBalancingExporter, TailSamplingProcessor } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { POD_IP } from '../../values/environment.ts';
import type { Sampling } from './stage.ts';

/** How long tail sampling waits for the rest of a trace unless it is told otherwise. */
export const DECISION_WAIT = '30s';

/** Which traces stay. */
export function sample({ probabilistic, tail }: SampleConfig, model: Model): Sampling {
  if (tail) return byTail(tail, model);
  const direct = { exporters: ['forward/sampled'], receivers: ['forward/sampled'] };
  if (!probabilistic) return { ...direct, processors: [], config: {} };
  return {
    ...direct,
    processors: ['probabilistic_sampler'],
    config: {
      processors: {
        // By a hash of the trace's id, so every replica decides alike.
        probabilistic_sampler: { mode: 'hash_seed', sampling_percentage: probabilistic.percentage ?? 10 },
      },
    },
  };
}

/**
 * Decides when a trace is complete. All its spans must be in one place then, and they come in at any replica: so each
 * replica sends every span on to the one that its trace's id belongs to, itself included.
 */
function byTail(tail: TailConfig, model: Model): Sampling {
  const endpoint = `${POD_IP}:${model.ports.sampling}`;
  return {
    exporters: ['load_balancing'],
    receivers: ['otlp/sampled'],
    processors: ['memory_limiter', 'tail_sampling'],
    config: {
      receivers: { 'otlp/sampled': { protocols: { grpc: { endpoint, max_recv_msg_size_mib: 16 } } } },
      processors: { tail_sampling: tailSampling(tail) },
      exporters: { load_balancing: loadBalancing(model) },
    },
  };
}

/**
 * Measured with decision cache and 20,000 undecided traces of ten spans, each of 308 bytes: 9 KiB of heap for a trace. So
 * 50,000 of them take 450 MiB of the collector's 1 GiB, and larger ones meet the memory limiter first, which makes senders
 * wait too.
 */
function tailSampling({
  decisionWait = DECISION_WAIT,
  maxTraces = 50_000,
  slowerThanMs = 5000,
  percentage = 10,
}: TailConfig): TailSamplingProcessor {
  return {
    decision_wait: decisionWait,
    num_traces: maxTraces,
    // Lets senders wait when there is no room, instead of dropping traces that nobody has judged.
    block_on_overflow: true,
    // Spans that come after the decision follow it.
    decision_cache: { sampled_cache_size: 4 * maxTraces, non_sampled_cache_size: 4 * maxTraces },
    policies: [
      { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
      {
        name: 'exceptions',
        type: 'ottl_condition',
        ottl_condition: { error_mode: 'ignore', spanevent: ['spanevent.name == "exception"'] },
      },
      { name: 'slow', type: 'latency', latency: { threshold_ms: slowerThanMs } },
      { name: 'rest', type: 'probabilistic', probabilistic: { sampling_percentage: percentage } },
    ],
  };
}

/**
 * No queue at either level: a sender is answered when the replica that decides has the spans. One retry, at the level
 * that asks for the addresses anew, so that spans of a replica that has gone find the next one.
 */
function loadBalancing({ names, ports }: Model): LoadBalancingExporter {
  return {
    routing_key: 'traceID',
    retry_on_failure: { enabled: true, initial_interval: '1s', max_interval: '5s', max_elapsed_time: '1m' },
    protocol: {
      otlp: {
        tls: { insecure: true },
        compression: 'none',
        timeout: '10s',
        retry_on_failure: { enabled: false },
        sending_queue: { enabled: false },
      },
    },
    // A headless Service of this chart. Names need no right at the API server, as the other way of finding pods does.
    resolver: { dns: { hostname: names.sampling, port: `${ports.sampling}`, interval: '5s' } },
  };
}
