import { kubectl } from './cluster.ts';

/** A question for the API server: may somebody do this? */
export interface Access {
  readonly namespace: string;
  readonly verb: string;
  readonly group?: string;
  /** With the subresource, if there is one: `pods/log`. */
  readonly resource: string;
  readonly name?: string;
}

/** A rule of a Role, as far as the chart's hook has any. */
export interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly resourceNames?: string[];
  readonly verbs: string[];
}

interface Review {
  status: { allowed?: boolean; resourceRules?: Rule[] };
}

/** Those of the questions that are answered with yes; asked as `kubectl auth can-i --as` asks, all at once. */
export async function allowed(account: string, questions: readonly Access[]): Promise<Access[]> {
  const reviews = await review(
    account,
    questions.map(({ resource: path, ...question }) => {
      const [resource, subresource] = path.split('/');
      return ['SelfSubjectAccessReview', { resourceAttributes: { ...question, resource, subresource } }];
    }),
  );
  if (reviews.length !== questions.length) throw new Error(`${reviews.length} answers`);
  return questions.filter((_, index) => reviews[index]?.status.allowed);
}

/** All rules in a namespace, as `kubectl auth can-i --list` gives them, but for those that everybody has. */
export async function rules(account: string, namespace: string): Promise<Rule[]> {
  const reviews = await review(account, [['SelfSubjectRulesReview', { namespace }]]);
  const all = reviews.flatMap(({ status }) => status.resourceRules ?? []);
  return all.filter(({ apiGroups }) => !apiGroups.some((group) => /^auth.*\.k8s\.io$/.test(group)));
}

async function review(account: string, specs: readonly (readonly [string, object])[]): Promise<Review[]> {
  const items = specs.map(([kind, spec]) => ({ apiVersion: 'authorization.k8s.io/v1', kind, spec }));
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const said = await kubectl(['create', `--as=${account}`, '--output=json', '--filename=-'], { input });
  return JSON.parse(`[${said.trim().replaceAll('\n}\n{', '\n},\n{')}]`) as Review[]; // one after the other, not a list
}
