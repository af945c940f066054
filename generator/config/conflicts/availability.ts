import type { Rule } from './rule.ts';

/** Memory and Badger belong to one process. */
export const severalJaegers: Rule = ({ availability, storage }) => {
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
export const scaling: Rule = ({ availability }) => {
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
