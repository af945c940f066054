import facts from '../../schema/upstream/components.json' with { type: 'json' };
import { isObject, type Json, type JsonObject } from '../text/json.ts';

/** The kinds of components, by the definition that holds those that are described. */
const KINDS = {
  CollectorReceivers: 'receivers',
  CollectorProcessors: 'processors',
  CollectorExporters: 'exporters',
  CollectorConnectors: 'connectors',
  CollectorExtensions: 'extensions',
} as const;

/** What a component is whose fields nobody wrote down. */
const UNTYPED = 'components.schema.json#/definitions/Component';

const CONTRIB =
  'A component of otelcol-contrib, which otelcol-k8s has not: `otelcol.image` and `otelcol.command` must be its own.';
const NAMED = 'One more component of a type of the distribution, with a name of its own behind the slash.';

/**
 * Makes maps by component id out of maps by component type: each type, each `type/name`, the names that a type had
 * before, and the types that only otelcol-contrib has. Those are recognised and not offered, as the chart's image is
 * not of that distribution.
 *
 * @param file - whose definitions describe the components of each kind by type
 */
export function byComponentId(file: JsonObject): JsonObject {
  const definitions = Object.entries(file['definitions'] as JsonObject).map(([name, schema]) => [
    name,
    isKind(name) && isObject(schema) ? idsOf(schema, KINDS[name]) : schema,
  ]);
  return { ...file, definitions: Object.fromEntries(definitions) };
}

const isKind = (name: string): name is keyof typeof KINDS => name in KINDS;

function idsOf(schema: JsonObject, kind: (typeof KINDS)[keyof typeof KINDS]): JsonObject {
  const described = Object.entries(schema['properties'] as JsonObject);
  const typed = described.filter(([, component]) => referenceOf(component) !== UNTYPED);
  const untyped = described.filter((entry) => !typed.includes(entry)).map(([type]) => type);
  const rest = facts.contrib[kind].filter((type) => described.every(([known]) => known !== type));
  const component = (description: string) => ({ description, allOf: [{ $ref: UNTYPED }] });
  return {
    ...schema,
    patternProperties: {
      ...Object.fromEntries(typed.map(([type, component]) => [`^${type}/.+$`, component])),
      ...(untyped.length > 0 && { [`^(${untyped.join('|')})/.+$`]: component(NAMED) }),
      ...(rest.length > 0 && { [`^(?:${rest.join('|')})(/.+)?$`]: component(CONTRIB) }),
      ...renamed(kind),
      ...(schema['patternProperties'] as JsonObject | undefined),
    },
    tsType: mapType([...described, ...rest.map((type) => [type, component(CONTRIB)] as const)]),
  };
}

/** Names before the present one, of types that a distribution still has, each refused with the present one. */
function renamed(kind: (typeof KINDS)[keyof typeof KINDS]): JsonObject {
  const names = Object.entries(facts.renamed[kind] as Record<string, string>);
  const there = names.filter(([, type]) => (facts.contrib[kind] as string[]).includes(type));
  return Object.fromEntries(
    there.map(([old, type]) => [`^${old}(/.+)?$`, { const: `RENAMED: write ${type}` }]),
  );
}

function mapType(components: readonly (readonly [type: string, component: Json])[]): string {
  const members = components.map(([type, component]) => {
    const name = referenceOf(component).replace(/^.*\//, '');
    return `${type}?: ${name}; [k: \`${type}/\${string}\`]: ${name}`;
  });
  return `{ ${members.join('; ')} }`;
}

function referenceOf(component: Json): string {
  const [only] = isObject(component) && Array.isArray(component['allOf']) ? component['allOf'] : [];
  return isObject(only) ? String(only['$ref']) : '';
}
