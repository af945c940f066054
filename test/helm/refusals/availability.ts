import type { Refusal } from './refusal.ts';

const BADGER = 'chart/presets/badger.yaml';

/** What is about several of one part. */
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
];
