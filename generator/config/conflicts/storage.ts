import type { Rule } from './rule.ts';

/** A claim of the user's own has the size and class that it has. */
export const existingClaim: Rule = ({ storage }) => {
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
