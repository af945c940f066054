import { parse, stringify } from 'yaml';
import { output } from '../support/processes.ts';

/** Whether a Jaeger says that it is older than 2.14. A build without a version is of the newest source. */
async function isOld(path: string): Promise<boolean> {
  return Number(/v2\.(\d+)\.\d+/.exec(await output(path, ['version']))?.[1]) < 14;
}

interface WithKafka {
  receivers?: { kafka?: { traces: { topics?: string[]; topic?: string } } };
}

/**
 * A configuration in the words of a Jaeger that is older than the chart's: Kafka's receiver has a list of topics since
 * the collector's version 0.142, which came with Jaeger 2.14, and one topic before; each refuses the other's word.
 */
export async function inWordsOf(path: string, config: string): Promise<string> {
  const parsed = parse(config) as WithKafka;
  const traces = parsed.receivers?.kafka?.traces;
  if (traces === undefined || !(await isOld(path))) return config;
  const [topic = ''] = traces.topics ?? [];
  delete traces.topics;
  return stringify({
    ...parsed,
    receivers: { ...parsed.receivers, kafka: { ...parsed.receivers?.kafka, traces: { ...traces, topic } } },
  });
}
