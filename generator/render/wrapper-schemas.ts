import type { Json, JsonObject } from '../text/json.ts';

/**
 * Where the values' schema is, from the folder of these. A reference and no copy: both are at their places in the
 * repository of a release and in the npm package.
 */
const VALUES = '../../chart/values.schema.json';

/** A schema of an object that carries values of this chart; its file is in schema/published. */
export interface WrapperSchema {
  readonly path: string;
  readonly schema: JsonObject;
}

/** Schemas of the objects in which Flux and Argo CD have the values: everything else in them is theirs, and open. */
export const wrapperSchemas: readonly WrapperSchema[] = [
  {
    path: 'schema/published/flux-helmrelease.schema.json',
    schema: wrapper('A HelmRelease of Flux that installs spacelift-telemetry', {
      spec: map('What Flux installs, and how.', {
        values: values('Values of spacelift-telemetry. They lie over those of `valuesFrom`.'),
      }),
    }),
  },
  {
    path: 'schema/published/argocd-application.schema.json',
    schema: wrapper('An Application or ApplicationSet of Argo CD that installs spacelift-telemetry', {
      spec: map('What Argo CD installs, and where.', {
        ...sources(),
        template: map('The Application that an ApplicationSet makes of each of its parameters.', {
          spec: map('What Argo CD installs, and where.', sources()),
        }),
      }),
    }),
  },
];

function sources(): JsonObject {
  const helm = map('How Helm renders the chart.', {
    valuesObject: values(
      'Values of spacelift-telemetry. They win over `values` and lie over those of `valueFiles`.',
    ),
  });
  return {
    source: map('Where the chart comes from.', { helm }),
    sources: {
      description: 'Several sources. One of another chart belongs into an Application of its own.',
      type: 'array',
      items: map('Where a chart or its values come from.', { helm }),
    },
  };
}

function wrapper(title: string, properties: JsonObject): JsonObject {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title, type: 'object', properties };
}

function map(description: string, properties: Json): JsonObject {
  return { description, type: 'object', properties };
}

function values(description: string): JsonObject {
  return { description, allOf: [{ $ref: VALUES }] };
}
