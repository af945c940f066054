import { isObject, type JsonObject } from '../../text/json.ts';
import { listAt, mapAt } from '../../text/json-path.ts';
import type { Subject } from './rule.ts';
import { COLLECTOR, JAEGER } from './storage-backend.ts';

/** A list of a pipeline, and the sections of the configuration in which its components are defined. */
export const ROLES = {
  receivers: ['receivers', 'connectors'],
  processors: ['processors'],
  exporters: ['exporters', 'connectors'],
} as const;
export type Role = keyof typeof ROLES;

/** The configuration of one program, of which there are two: Jaeger is a collector too. */
export interface Wiring {
  readonly path: readonly string[];
  readonly config: JsonObject;
  readonly pipelines: readonly Pipeline[];
}

/** A pipeline, and where it stands. */
export interface Pipeline {
  readonly name: string;
  readonly path: readonly string[];
  readonly uses: (role: Role) => readonly string[];
}

/** Both configurations, with their pipelines. */
export function wirings({ values }: Subject): Wiring[] {
  return [COLLECTOR, JAEGER].map((path) => {
    const config = mapAt(values, ...path);
    const pipelines = Object.entries(mapAt(config, 'service', 'pipelines')).map(
      ([name, pipeline]): Pipeline => ({
        name,
        path: [...path, 'service', 'pipelines', name],
        uses: (role) => (isObject(pipeline) ? listAt(pipeline, role).map(String) : []),
      }),
    );
    return { path, config, pipelines };
  });
}

/** Names in the order in which the chart lists them too. */
export function listed(names: readonly string[]): string {
  return names.toSorted().join(', ') || 'none';
}

/** The type of a component, which an id has alone or before a slash. */
export function typeOf(id: string): string {
  return id.replace(/\/.*$/, '');
}

/** Ids that a section defines. */
export function defined({ config }: Wiring, section: string): string[] {
  return Object.keys(mapAt(config, section));
}
