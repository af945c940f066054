import { missing, type Rule } from './rule.ts';

/** A way to the UI that leads from nowhere: Kubernetes refuses an Ingress without a rule, the jaeger chart a route. */
export const waysIn: Rule = ({ ui: { ingress, gateway } = {} }) => [
  ...(ingress && !ingress.hosts?.length ? [missing(['ui', 'ingress'], 'hosts', '[jaeger.example.com]')] : []),
  ...(gateway && !gateway.parentRefs?.length
    ? [missing(['ui', 'gateway'], 'parentRefs', '[{name: public, namespace: gateways}]')]
    : []),
];
