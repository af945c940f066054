import { listAt } from '../../text/json-path.ts';
import { type Rule, yaml } from './rule.ts';
import { traceBackend } from './storage-backend.ts';

/** Jaeger opens ClickHouse only behind a feature gate. */
export const clickhouseGate: Rule = (subject) => {
  const args = listAt(subject.values, 'jaeger', 'jaeger', 'args').join(' ');
  if (!('clickhouse' in traceBackend(subject).types) || args.includes('storage.clickhouse')) return [];
  return [
    {
      path: ['jaeger', 'jaeger', 'args'],
      message:
        'Traces are kept in clickhouse, which Jaeger opens only behind a feature gate: a list in a later values file replaces the whole list. Put this entry into yours',
      yaml: yaml('jaeger.jaeger.args', ['--feature-gates=storage.clickhouse']),
    },
  ];
};
