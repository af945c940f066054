import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';

/** Two things in a configuration that exclude each other: where, and what to do about it. */
export interface Conflict {
  /** Keys that lead to the one to change. */
  readonly path: readonly string[];
  /** What is wrong and what is right, as one sentence without a full stop. */
  readonly message: string;
}

/** What the schema cannot say, since it is about two values at once. */
export function conflicts(config: TelemetryConfig): Conflict[] {
  return rules.flatMap((rule) => rule(config));
}

type Rule = (config: TelemetryConfig) => Conflict[];

/** A claim of the user's own has the size and class that it has. */
const existingClaim: Rule = ({ storage }) => {
  const { existingClaim: name, size, storageClass } = storage?.badger ?? {};
  if (!name) return [];
  const settings = { size, storageClass };
  return (Object.keys(settings) as (keyof typeof settings)[])
    .filter((key) => settings[key])
    .map((key) => ({
      path: ['storage', 'badger', key],
      message: `${key} is for the claim that the chart makes, and with existingClaim it makes none; leave out one of the two`,
    }));
};

/** Memory and Badger belong to one process. */
const severalJaegers: Rule = ({ availability, storage }) => {
  const replicas = availability?.jaeger?.replicas ?? 1;
  const own = storage?.badger ? 'badger' : 'memory';
  const shared = Object.keys(storage ?? {}).some((type) => type !== 'memory' && type !== 'badger');
  if (replicas === 1 || shared) return [];
  return [
    {
      path: ['availability', 'jaeger', 'replicas'],
      message: `${replicas} Jaegers cannot share the storage ${own}, which one process alone can use; write 1, or choose a storage that several share`,
    },
  ];
};

/** The number of collectors is either fixed or chosen by the cluster. */
const scaling: Rule = ({ availability }) => {
  const { replicas, autoscaling } = availability?.collector ?? {};
  if (!autoscaling) return [];
  const path = ['availability', 'collector'];
  const { minReplicas = 2, maxReplicas = 6 } = autoscaling;
  return [
    ...(replicas === undefined
      ? []
      : [
          {
            path: [...path, 'replicas'],
            message:
              'replicas is a fixed number, and with autoscaling the cluster chooses it; leave out one of the two',
          },
        ]),
    ...(minReplicas <= maxReplicas
      ? []
      : [
          {
            path: [...path, 'autoscaling'],
            message: `minReplicas ${minReplicas} is more than maxReplicas ${maxReplicas}; write a larger maxReplicas`,
          },
        ]),
  ];
};

const rules: readonly Rule[] = [existingClaim, severalJaegers, scaling];
