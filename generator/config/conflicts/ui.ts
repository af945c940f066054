import type { Rule } from './rule.ts';

/** A way to the UI that leads from nowhere: Kubernetes refuses an Ingress without a rule, the jaeger chart a route. */
export const waysIn: Rule = ({ ui = {} }) => [
  ...(ui.ingress && !ui.ingress.hosts?.length
    ? [
        {
          path: ['ui', 'ingress'],
          message: 'hosts is missing; write for instance hosts: [jaeger.example.com]',
        },
      ]
    : []),
  ...(ui.gateway && !ui.gateway.parentRefs?.length
    ? [
        {
          path: ['ui', 'gateway'],
          message:
            'parentRefs is missing; write for instance parentRefs: [{name: public, namespace: gateways}]',
        },
      ]
    : []),
];
