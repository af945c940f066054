import type { JsonObject } from '../text/json.ts';
import { type Row, rowAt, rowsBelow } from './reference.ts';

/** Values that one question of a reader is about. */
export interface Group {
  readonly title: string;
  readonly purpose: string;
  readonly rows: readonly Row[];
}

const BACKENDS = 'jaeger.userconfig.extensions.jaeger_storage.backends';
const QUERY = 'jaeger.userconfig.extensions.jaeger_query';
const PLACE = ['resources', 'nodeSelector', 'tolerations', 'affinity', 'topologySpreadConstraints'];
const IMAGE = ['image.repository', 'image.tag', 'image.digest'];

const under = (prefix: string, keys: readonly string[]) => keys.map((key) => `${prefix}.${key}`);

/**
 * What people ask, in the order in which they ask it. `own` are sections of this chart, which have a row for each key
 * that no other group has; `keys` are single values, most of them of the charts below.
 */
const QUESTIONS: readonly { title: string; purpose: string; own?: string[]; keys?: string[] }[] = [
  { title: 'Connect Spacelift', purpose: 'Which Spacelift is connected, and how.', own: ['spacelift'] },
  {
    title: 'Keep traces',
    purpose: 'How much is kept, and where. A storage of another kind is a preset.',
    own: ['storage'],
    keys: [`${BACKENDS}.memory.memory.max_traces`, `${BACKENDS}.badger.badger.ttl.spans`],
  },
  {
    title: 'Open the UI',
    purpose: 'Ways to it from outside of the cluster. The presets of `ui` set them together.',
    own: ['ui'],
    keys: ['jaeger.jaeger.ingress', 'jaeger.jaeger.httproute', `${QUERY}.base_path`, `${QUERY}.ui`],
  },
  {
    title: 'Size and place the pods',
    purpose: 'What they may use, how many there are, and on which nodes they run.',
    keys: [
      ...under('jaeger.jaeger', PLACE),
      ...under('otelcol', ['replicaCount', 'podDisruptionBudget', 'autoscaling', ...PLACE]),
      ...under('hook', ['resources', 'nodeSelector', 'tolerations']),
    ],
  },
  {
    title: 'Choose images',
    purpose: 'All that the release pulls. The configuration `images` sets one registry for all of them.',
    keys: [
      ...under('jaeger.jaeger', ['image.registry', ...IMAGE, 'image.pullSecrets']),
      ...under('otelcol', [...IMAGE, 'imagePullSecrets', 'command.name']),
      ...under('hook', [...IMAGE, 'image.pullPolicy', 'imagePullSecrets']),
    ],
  },
  {
    title: 'Restrict the network',
    purpose: 'Who may connect to what.',
    own: ['networkPolicy'],
    keys: ['otelcol.networkPolicy'],
  },
  {
    title: 'Change what happens to spans',
    purpose: 'The configurations of both programs, and the hop between them.',
    keys: [
      'otelcol.alternateConfig',
      'jaeger.userconfig',
      ...under('otelcol.alternateConfig.exporters.otlp_grpc/jaeger', [
        'compression',
        'sending_queue.queue_size',
      ]),
    ],
  },
  { title: 'Run the hook', purpose: 'The pods of the connection and of `helm test`.', own: ['hook'] },
  {
    title: 'What presets write',
    purpose: 'Their names, for the notes; it switches nothing.',
    own: ['presets'],
  },
];

/**
 * The reference of the values: every key of our own once, of the other charts what people set.
 *
 * @param schema - of all values, self-contained
 * @param values - the chart's own, which count before the schema's defaults
 */
export function groups(schema: JsonObject, values: JsonObject): Group[] {
  const named = new Set(QUESTIONS.flatMap(({ keys = [] }) => keys));
  return QUESTIONS.map(({ title, purpose, own = [], keys = [] }) => {
    const rest = own.flatMap((section) => rowsBelow(schema, values, [section]));
    const single = keys.map((key) => rowAt(schema, values, key.split('.')));
    return { title, purpose, rows: [...rest.filter(({ key }) => !named.has(key)), ...single] };
  });
}
