import fc, { type Arbitrary } from 'fast-check';
import { conflicts, type TelemetryConfig } from '../../generator/index.ts';
import { configSchemaSource } from '../../generator/render/schemas.ts';
import { isObject, type Json, type JsonObject } from '../../generator/text/json.ts';

/**
 * Any configuration that the schema accepts and that contradicts nothing in itself: a new section of the schema is in
 * every property test without a word more.
 */
export const anyConfig: Arbitrary<TelemetryConfig> = (
  fromSchema(configSchemaSource) as Arbitrary<TelemetryConfig>
)
  .map(withRightConnection)
  .filter((config) => conflicts(config).length === 0);

/** No random text is an address, and few random waits fit their time: without this most drafts would go to waste. */
function withRightConnection(config: TelemetryConfig): TelemetryConfig {
  const { endpoint, restartDelaySeconds, ...connect } = config.spacelift?.connect ?? {};
  if (!endpoint && !restartDelaySeconds) return config;
  const right = {
    ...(endpoint && { endpoint: 'http://gateway.tracing:4317' }),
    ...(restartDelaySeconds && { restartDelaySeconds, timeoutSeconds: restartDelaySeconds + 60 }),
  };
  return { ...config, spacelift: { ...config.spacelift, connect: { ...connect, ...right } } };
}

/** Values that a schema of this project accepts: of the keywords that its own configuration schema is made of. */
function fromSchema(schema: JsonObject): Arbitrary<unknown> {
  const resolved = resolve(schema);
  if ('enum' in resolved) return fc.constantFrom(...(resolved['enum'] as Json[]));
  const { type } = resolved;
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => fromSchema({ ...resolved, type: one })));
  switch (type) {
    case 'object':
      return fromObject(resolved);
    case 'array':
      return fc.array(fromSchema(resolved['items'] as JsonObject), {
        minLength: (resolved['minItems'] as number | undefined) ?? 0,
        maxLength: 3,
      });
    case 'string':
      return fc.stringMatching(new RegExp((resolved['pattern'] as string | undefined) ?? '^[a-z]{1,8}$'));
    case 'integer':
      return fc.integer(bounds(resolved));
    case 'number':
      return fc.double({ ...bounds(resolved), noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    default:
      throw new Error(`no values can be made of ${JSON.stringify(resolved)}`);
  }
}

function fromObject(schema: JsonObject): Arbitrary<unknown> {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonObject>)
    .filter(([, property]) => !('const' in property)) // the sentence that answers a key of another chart
    .map(([key, property]) => [key, fromSchema(property)] as const);
  if (properties.length === 0) return fromMap(schema);
  if (schema['maxProperties'] !== 1) return fc.record(Object.fromEntries(properties), { requiredKeys: [] });
  return fc.oneof(fc.constant({}), ...properties.map(([key, value]) => fc.record({ [key]: value })));
}

/** A map of one kind: by a pattern of its keys, by a schema of what is in it, or free. */
function fromMap({ patternProperties = {}, additionalProperties: rest }: JsonObject): Arbitrary<unknown> {
  const [[pattern, value] = ['^[a-z]{1,8}$', rest]] = Object.entries(patternProperties as JsonObject);
  const values = fromSchema(isObject(value) ? value : { type: 'string' });
  return fc.dictionary(fc.stringMatching(new RegExp(pattern)), values, { maxKeys: 3 });
}

/** A schema with what it refers to laid under its own keywords. */
function resolve(schema: JsonObject): JsonObject {
  const { $ref, allOf = [], ...own } = schema;
  const [, name = ''] = /^#\/definitions\/(.*)$/.exec(String($ref)) ?? [];
  const referred = name ? [(configSchemaSource['definitions'] as JsonObject)[name] as JsonObject] : [];
  const parts = [...referred, ...(allOf as JsonObject[])].map(resolve);
  return Object.assign({}, ...parts, own);
}

function bounds({ minimum, maximum }: JsonObject) {
  return {
    ...(typeof minimum === 'number' && { min: minimum }),
    ...(typeof maximum === 'number' && { max: maximum }),
  };
}
