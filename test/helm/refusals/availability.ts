import type { Refusal } from './refusal.ts';

const BADGER = 'chart/presets/badger.yaml';

/** What is about several of one part, and about its version. */
export const availabilityRefusals: readonly Refusal[] = [
  {
    name: 'several Jaegers with traces in memory',
    values: 'jaeger: {jaeger: {replicas: 2}}',
    refusal: `jaeger.jaeger.replicas is 2, but Jaeger keeps traces in its memory, which one pod alone can use. Choose a storage that several share, such as OpenSearch, or run one:

    jaeger:
      jaeger:
        replicas: 1
        strategy:
          type: Recreate`,
    mended: { values: 'jaeger: {jaeger: {replicas: 1, strategy: {type: Recreate}}}' },
  },
  {
    name: 'several Jaegers with traces in Badger',
    presets: [BADGER],
    values: 'jaeger: {jaeger: {replicas: 3}}',
    refusal: 'jaeger.jaeger.replicas is 3, but Jaeger keeps traces in Badger, which one pod alone can use.',
    mended: { values: '{}' },
  },
  {
    name: 'a Jaeger that has lost an extension',
    values:
      'jaeger: {jaeger: {image: {tag: 2.20.0}}, userconfig: {extensions: {jaeger_mcp: {}}, service: {extensions: [jaeger_storage, jaeger_query, healthcheckv2, jaeger_mcp]}}}',
    refusal:
      'jaeger.jaeger.image.tag is 2.20.0, and Jaeger 2.20 does not start with the extension jaeger_mcp. Leave that out, or the tag: this chart has one of its own.',
    mended: {
      values:
        'jaeger: {jaeger: {image: {tag: 2.19.1}}, userconfig: {extensions: {jaeger_mcp: {}}, service: {extensions: [jaeger_storage, jaeger_query, healthcheckv2, jaeger_mcp]}}}',
    },
  },
  {
    name: 'a Jaeger that has lost the way in which its indices roll over',
    presets: ['chart/presets/opensearch.yaml'],
    values:
      'jaeger: {jaeger: {image: {tag: v2.21}}, userconfig: {extensions: {jaeger_storage: {backends: {opensearch: {opensearch: {use_aliases: true}}}}}}}',
    refusal:
      'jaeger.jaeger.image.tag is v2.21, and Jaeger 2.20 does not start with use_aliases of its storage. Leave that out, or the tag: this chart has one of its own.',
    mended: {
      values:
        'jaeger: {jaeger: {image: {tag: latest}}, userconfig: {extensions: {jaeger_storage: {backends: {opensearch: {opensearch: {use_aliases: true}}}}}}}',
    },
  },
];
