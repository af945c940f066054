import jaeger from '../../schema/upstream/jaeger.json' with { type: 'json' };
import collector from '../../schema/upstream/opentelemetry-collector.json' with { type: 'json' };
import { isObject, type Json, type JsonObject, printJson } from '../text/json.ts';
import { PROGRAMS } from './component-fields.ts';
import { expand, propertyAt } from './describe.ts';

/** What the charts below have in their own `values.yaml`, where this chart hands it on. */
const UPSTREAM = { jaeger: jaeger.defaults, otelcol: collector.defaults } as unknown as JsonObject;

/**
 * States the defaults of the charts' values: those of this chart's own base where it differs from upstream's, which the
 * source states, and of each section, where the source does not. A section whose keys are its own has `{}`, as Helm
 * merges it with what these keys say; one of a shared definition has what it is in the charts.
 *
 * In the configurations of the programs the defaults are the programs' own: a component has them under any name.
 *
 * @param schema - as it is shipped, and not frozen: the defaults are put into it
 * @param base - values of this chart
 */
export function stateChartDefaults(schema: JsonObject, base: JsonObject): void {
  for (const [property, value] of stated(schema, base))
    if ('default' in property) Object.assign(property, { default: value });
  for (const values of [base, UPSTREAM]) stateMissing(schema, values);
}

/** States what values are where the schema says no default yet: down to the definitions that several places share. */
function stateMissing(schema: JsonObject, values: JsonObject): void {
  for (const [path, value] of paths(values)) {
    const property = isOfProgram(path.slice(0, -2)) ? undefined : ownPropertyAt(schema, path);
    if (property === undefined || value === null) continue;
    const { properties, default: said } = { ...expand(schema, property), ...property };
    if (said !== undefined) continue;
    const isSection = isObject(value) && isObject(properties);
    Object.assign(property, { default: isSection ? ofSection(schema, property, path, value) : value });
  }
}

function ofSection(schema: JsonObject, section: JsonObject, path: readonly string[], values: JsonObject) {
  const isOwn = !('$ref' in section) || isOfProgram(path.slice(0, -1));
  return isOwn ? {} : unsaid(schema, section, values);
}

/** The property at a path that leads through no shared definition. */
function ownPropertyAt(schema: JsonObject, path: readonly string[]): JsonObject | undefined {
  const around = path.map((_, length) => propertyAt(schema, path.slice(0, length)));
  const isOwn = (section: JsonObject | undefined) =>
    isObject(section?.['properties']) && !('$ref' in section);
  return around.every(isOwn) ? propertyAt(schema, path) : undefined;
}

/** What the keys of a section do not say themselves of the values that it has. A null is none. */
function unsaid(schema: JsonObject, section: JsonObject, values: JsonObject): JsonObject {
  const rest = Object.entries(values).flatMap(([key, value]): [string, Json][] => {
    const property = propertyAt({ ...section, definitions: schema['definitions'] ?? {} }, [key]);
    const isSaid = property !== undefined && printJson(property['default']) === printJson(value);
    return isSaid || value === null ? [] : [[key, value]];
  });
  return Object.fromEntries(rest);
}

/** The properties that values are of, each with its value. */
function stated(schema: JsonObject, values: JsonObject): [JsonObject, Json][] {
  return paths(values).flatMap(([path, value]): [JsonObject, Json][] => {
    const property = isOfProgram(path) ? undefined : propertyAt(schema, path);
    return property === undefined ? [] : [[property, value]];
  });
}

/** Whether a path of keys leads into what a program reads itself, and not its chart. */
export function isOfProgram(path: readonly string[]): boolean {
  return Object.values(PROGRAMS).some((root) => root.every((key, index) => path[index] === key));
}

/** Every key of a tree of maps, as the path to it and its value. */
export function paths(values: JsonObject, above: readonly string[] = []): [readonly string[], Json][] {
  return Object.entries(values).flatMap(([key, value]): [readonly string[], Json][] => {
    const path = [...above, key];
    return [[path, value], ...(isObject(value) ? paths(value, path) : [])];
  });
}
