import { type Document, isMap, parseDocument } from 'yaml';
import { output } from '../support/processes.ts';

const versions = new Map<string, Promise<number>>();

/** The minor version of the Jaeger 2 at a path. A build that tells none is of the newest source. */
export function minorVersion(path: string): Promise<number> {
  const said = versions.get(path) ?? output(path, ['version']).then(minorOf);
  versions.set(path, said);
  return said;
}

const minorOf = (said: string) => Number(/v2\.(\d+)\.\d+/.exec(said)?.[1] ?? Number.POSITIVE_INFINITY);

/**
 * A configuration in the words of a Jaeger that is older or newer than the chart's, where each refuses the other's:
 * - Kafka's receiver has a list of topics since the collector's version 0.142, which came with Jaeger 2.14, and one
 *   topic before;
 * - indices that roll over are `use_aliases` up to Jaeger 2.19, and the `rotation` of each kind of index since 2.20.
 */
export async function inWordsOf(path: string, config: string): Promise<string> {
  const document = parseDocument(config);
  const version = await minorVersion(path);
  if (version < 14) oneTopic(document);
  if (version >= 20) rotation(document);
  return String(document);
}

function oneTopic(config: Document): void {
  const traces = ['receivers', 'kafka', 'traces'];
  const topic = config.getIn([...traces, 'topics', 0]);
  if (topic === undefined) return;
  config.deleteIn([...traces, 'topics']);
  config.setIn([...traces, 'topic'], topic);
}

function rotation(config: Document): void {
  for (const kind of ['opensearch', 'elasticsearch']) {
    // A backend is named after its type.
    const backend = ['extensions', 'jaeger_storage', 'backends', kind, kind];
    if (config.getIn([...backend, 'use_aliases']) !== true) continue;
    config.deleteIn([...backend, 'use_aliases']);
    const indices = config.getIn([...backend, 'indices']);
    if (!isMap(indices)) continue;
    for (const { key, value } of indices.items) {
      if (isMap(value))
        config.setIn([...backend, 'indices', String(key), 'rotation'], { manual_rollover: {} });
    }
  }
}
