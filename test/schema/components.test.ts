import { describe, expect, test } from 'vitest';
import { PINS } from '../../generator/config/pins.ts';
import { COMPONENT_KINDS } from '../../generator/model.ts';
import { valuesSchemaSource } from '../../generator/render/schemas.ts';
import type { JsonObject } from '../../generator/text/json.ts';
import facts from '../../schema/upstream/components.json' with { type: 'json' };
import { compileShipped, wording } from './verdicts.ts';

/** Types of otelcol-contrib alone whose fields are written down, since a preset uses them. */
const TYPED_OF_CONTRIB = { exporters: ['kafka'] } as Partial<
  Record<(typeof COMPONENT_KINDS)[number], string[]>
>;

const validate = compileShipped();

/** What the schema says of one component. */
function verdict(kind: string, id: string): string {
  const values = { otelcol: { alternateConfig: { [kind]: { [id]: {} } } } };
  return validate(values) ? 'accepted' : (validate.errors ?? []).map(wording).join('\n');
}

test('the lists of components are those of the collector that is pinned', () => {
  expect(facts.version).toBe(PINS.collector.appVersion);
});

describe.each(COMPONENT_KINDS)('the %s of the collector', (kind) => {
  const name = `Collector${kind.replace(/^./, (letter) => letter.toUpperCase())}`;
  const definition = (valuesSchemaSource['definitions'] as JsonObject)[name] as JsonObject;

  test('are described one by one where otelcol-k8s has them', () => {
    const described = Object.keys(definition['properties'] as object).toSorted();
    expect(described).toEqual([...facts.k8s[kind], ...(TYPED_OF_CONTRIB[kind] ?? [])].toSorted());
  });

  test('are accepted by type and by a name behind it, in both distributions', () => {
    const ids = [...facts.k8s[kind], ...facts.contrib[kind]].flatMap((type) => [type, `${type}/mine`]);
    expect(ids.filter((id) => verdict(kind, id) !== 'accepted')).toEqual([]);
  });

  test('are refused by a name from before, with the one of today', () => {
    const old = Object.entries(facts.renamed[kind] as Record<string, string>);
    for (const [before, now] of old.filter(([, now]) => (facts.contrib[kind] as string[]).includes(now))) {
      expect(verdict(kind, `${before}/mine`)).toContain(`RENAMED: write ${now}`);
    }
  });

  test('are refused by a name that no distribution has', () => {
    expect(verdict(kind, 'otpl')).toContain('additionalProperties must NOT have additional properties otpl');
  });
});

test.each([
  ['exporters', 'logging', 'write debug'],
  ['exporters', 'jaeger/all', 'write otlp_grpc'],
  ['processors', 'spanmetrics', 'write the connector span_metrics'],
  ['extensions', 'memory_ballast', 'GOMEMLIMIT'],
])('%s: %s, which is gone, is answered with %s', (kind, id, answer) => {
  expect(verdict(kind, id)).toContain(answer);
});
