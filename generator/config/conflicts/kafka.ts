import { type Rule, SWITCH_ON, withoutTls } from './rule.ts';

/** A certificate is looked at where there is TLS. */
export const brokersAuthority: Rule = ({ kafka: { tls = {} } = {} }) => {
  if (!tls.caKey || tls.enabled) return [];
  return [withoutTls(['kafka', 'tls', 'caKey'], SWITCH_ON)];
};
