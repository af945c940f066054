import type { Rule } from './rule.ts';

/** A certificate is looked at where there is TLS. */
export const brokersAuthority: Rule = ({ kafka: { tls = {} } = {} }) => {
  if (!tls.caKey || tls.enabled) return [];
  return [
    {
      path: ['kafka', 'tls', 'caKey'],
      message: 'caKey has no effect without TLS; write enabled: true beside it',
    },
  ];
};
