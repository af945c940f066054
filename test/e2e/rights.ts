import { expect } from 'vitest';
import { type Access, allowed, rules } from '../support/cluster-rights.ts';
import { SHARED_SECRET } from '../support/spacelift-objects.ts';
import type { Stage } from './stage.ts';

const DEPLOYMENTS = ['drain', 'scheduler', 'vcs-gateway', 'server'].map((name) => `spacelift-${name}`);

/** An Event says what was done, or why it was not; nobody can name one before it is made. */
const EVENTS = { apiGroups: [''], resources: ['events'], verbs: ['create'] };

/** The Jobs that connect, whose age tells whether an uninstall came after them. */
const JOBS = ['connect', 'rollback'].map((name) => `spacelift-telemetry-${name}`);
const OWN_JOBS = { apiGroups: ['batch'], resources: ['jobs'], resourceNames: JOBS, verbs: ['get'] };

/** All rules of the hook in Spacelift's namespace. */
const RULES = [
  { apiGroups: [''], resources: ['secrets'], resourceNames: [SHARED_SECRET], verbs: ['get', 'patch'] },
  { apiGroups: ['apps'], resources: ['deployments'], resourceNames: DEPLOYMENTS, verbs: ['get', 'patch'] },
  EVENTS,
];

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** Verbs that are for one object. */
const ONE = ['get', 'update', 'patch', 'delete'];
const KINDS = [
  { resource: 'secrets', own: [SHARED_SECRET] },
  { resource: 'deployments', group: 'apps', own: DEPLOYMENTS },
  { resource: 'deployments/scale', group: 'apps' },
  ...['configmaps', 'events', 'pods', 'pods/exec', 'pods/log', 'services'].map((resource) => ({ resource })),
  ...['serviceaccounts', 'serviceaccounts/token'].map((resource) => ({ resource })),
  { resource: 'jobs', group: 'batch', own: JOBS },
  { resource: 'cronjobs', group: 'batch' },
  ...['roles', 'rolebindings'].map((resource) => ({ resource, group: 'rbac.authorization.k8s.io' })),
];

/**
 * The hook may do what it must, and nothing else: by the rules as a whole, and asked one by one.
 *
 * @returns what it may
 */
export async function expectRights({ monitoring, spacelift }: Stage): Promise<string> {
  const account = `system:serviceaccount:${monitoring}:spacelift-telemetry-hook`;
  const found = await rules(account, spacelift);
  expect(found).toHaveLength(RULES.length);
  expect(found).toEqual(expect.arrayContaining(RULES));
  const inItsOwn = await rules(account, monitoring);
  expect(inItsOwn).toHaveLength(2);
  expect(inItsOwn).toEqual(expect.arrayContaining([EVENTS, OWN_JOBS]));
  expect(await rules(account, 'kube-system')).toEqual([]);

  const asked = [spacelift, monitoring, 'kube-system'].flatMap(questions);
  const yes = await allowed(account, asked);
  expect(yes).toEqual(asked.filter((question) => isGiven(question, monitoring, spacelift)));
  expect(yes).toHaveLength(2 * (1 + DEPLOYMENTS.length) + 2 + JOBS.length);
  return `yes to ${yes.length} of ${asked.length}: ${yes.map(printed).join(', ')}`;
}

const printed = ({ verb, resource, name, namespace }: Access) =>
  `${verb} ${name === undefined ? resource : `${resource}/${name}`} in ${namespace}`;

/** Each verb on any object of a kind, on one that is not the hook's, and on those that are. */
function questions(namespace: string): Access[] {
  return KINDS.flatMap(({ own = [], ...kind }: { resource: string; group?: string; own?: string[] }) =>
    VERBS.flatMap((verb) => {
      const names = ONE.includes(verb) ? ['another', ...own] : [];
      const question = { namespace, verb, ...kind };
      return [question, ...names.map((name) => ({ ...question, name }))];
    }),
  );
}

function isGiven(question: Access, monitoring: string, spacelift: string): boolean {
  const { namespace, verb, resource, name = '' } = question;
  if (resource === 'events') return verb === 'create' && [monitoring, spacelift].includes(namespace);
  if (resource === 'jobs') return verb === 'get' && namespace === monitoring && JOBS.includes(name);
  if (namespace !== spacelift) return false;
  const own = { secrets: [SHARED_SECRET], deployments: DEPLOYMENTS }[resource] ?? [];
  return own.includes(name) && ['get', 'patch'].includes(verb);
}
