import type { Rule } from './rule.ts';

/** A hook without a Secret or a Deployment would say that all is well, and connect nothing. */
export const targets: Rule = ({ spacelift }) => {
  if (spacelift?.connect?.mode === 'manual') return [];
  const empty = (['secrets', 'deployments'] as const).filter((key) => spacelift?.[key]?.length === 0);
  return empty.map((key) => ({
    path: ['spacelift', key],
    message: `${key} names nothing, so nothing would be connected; name one, leave the key out, or write connect: {mode: manual}`,
  }));
};
