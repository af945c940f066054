import type { JsonObject } from '../text/json.ts';
import { publish } from './publish-schema.ts';
import { configSchemaSource } from './schemas.ts';

/** The schema of the generator's configuration as editors read it, from {@link CONFIG_SCHEMA_PATH} of a release. */
export function configSchema(): JsonObject {
  return { ...publish(configSchemaSource), title: 'Configuration of spacelift-telemetry' };
}
