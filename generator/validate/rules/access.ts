import { printPaste } from '../../config/remedy.ts';
import { at, listAt, textAt } from '../../text/json-path.ts';
import { quote, type Rule, yaml } from './rule.ts';
import { JAEGER, traceBackend } from './storage-backend.ts';

/** Jaeger does not start with an authenticator that it does not start either. */
export const queryAuthenticator: Rule = ({ values }) => {
  const login = textAt(values, ...JAEGER, 'extensions', 'jaeger_query', 'http', 'auth', 'authenticator');
  const path = [...JAEGER, 'service', 'extensions'];
  const extensions = listAt(values, ...path);
  if (login === '' || extensions.includes(login)) return [];
  return [
    {
      path,
      message: `Jaeger's query asks for a login by ${quote(login)}, which ${path.join('.')} does not start: a list in a later values file replaces the whole list. Write`,
      yaml: printPaste(path, [...extensions, login]),
    },
  ];
};

/** Kubernetes refuses an Ingress without a rule, and the chart makes one for each host. */
export const ingressHosts: Rule = ({ values }) => {
  const path = ['jaeger', 'jaeger', 'ingress'];
  if (at(values, ...path, 'enabled') !== true || listAt(values, ...path, 'hosts').length > 0) return [];
  return [
    {
      path: [...path, 'hosts'],
      message: 'jaeger.jaeger.ingress is on, but no name leads to it. Write',
      yaml: printPaste([...path, 'hosts'], ['jaeger.example.com']),
    },
  ];
};

/** Memory and Badger belong to one process: a second Jaeger would have other traces, or could not open the files. */
export const jaegerReplicas: Rule = (subject) => {
  const replicas = Number(at(subject.values, 'jaeger', 'jaeger', 'replicas') ?? 1);
  const { types } = traceBackend(subject);
  if (replicas <= 1 || !('memory' in types || 'badger' in types)) return [];
  return [
    {
      path: ['jaeger', 'jaeger', 'replicas'],
      message: `jaeger.jaeger.replicas is ${replicas}, but Jaeger keeps traces in ${'badger' in types ? 'Badger' : 'its memory'}, which one pod alone can use. Choose a storage that several share, such as OpenSearch, or run one`,
      yaml: yaml('jaeger.jaeger', { replicas: 1, strategy: { type: 'Recreate' } }),
    },
  ];
};
