import { CATALOGUE, CONDITIONS } from './catalogue.ts';
import type { Observation, SecretLook } from './observation.ts';

/** What a run has observed. */
export interface Run {
  /** Version of the API server. */
  readonly kubernetes: string;
  readonly helms: readonly string[];
  /** The same condition by another Helm is another one. */
  readonly observations: readonly { readonly helm: string; readonly observation: Observation }[];
}

const HEAD = ['Condition', 'What happened', 'Restarts', 'Secret before', 'Secret after', 'Its other keys'];

/** What stands for a condition that no run has observed. */
export const NOT_OBSERVED = 'not observed yet';

/**
 * The document, as a run of the tests makes it: the same for the same observations.
 *
 * @param before - the document that is there: rows of it stand where this run has observed nothing
 * @throws Error when two Helms do not agree
 */
export function conditionsDocument(run: Run, before = ''): string {
  const rows = new Map(CONDITIONS.map(([name, text]) => [name, rowOf(name, text, run, before)]));
  const sections = Object.entries(CATALOGUE).map(([title, section]) => {
    const body = CONDITIONS.flatMap(([name]) => (name in section ? [rows.get(name)] : []));
    return [`## ${title}`, '', line(HEAD), line(HEAD.map(() => '---')), ...body].join('\n');
  });
  const helms = [...new Set([...helmsOf(before), ...run.helms])].sort();
  return `${[preface({ ...run, helms }), ...sections].join('\n\n')}\n`;
}

/** Conditions of a document, in its order. */
export function conditionsIn(document: string): string[] {
  const cells = [...document.matchAll(/^\| (.*?) \|/gm)].map(([, cell = '']) => cell);
  return cells.filter((cell) => cell !== HEAD[0] && cell !== '---');
}

/** Helms of a document whose rows may stand in the next one. */
function helmsOf(document: string): string[] {
  return /with Helm (v\S*\d(?: and v\S*\d)*)/.exec(document)?.[1]?.split(' and ') ?? [];
}

function rowOf(name: string, text: string, { observations }: Run, before: string): string {
  const seen = observations.filter(({ observation }) => observation.condition === name);
  const rows = new Set(seen.map(({ observation }) => line([text, ...cells(observation)])));
  if (rows.size > 1) throw new Error(`The Helms do not agree:\n${[...rows].join('\n')}`);
  const [only] = rows;
  if (only !== undefined) return only;
  const earlier = before.split('\n').find((row) => row.startsWith(`| ${text} |`));
  return earlier ?? line([text, NOT_OBSERVED, '–', '–', '–', '–']);
}

function cells({ happened, restarts, before, after, otherKeys }: Observation): string[] {
  const sentence = happened.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  return [sentence, restartsOf(restarts), secret(before), secret(after), otherKeys ?? '–'];
}

function restartsOf(restarts: Observation['restarts']): string {
  const all = Object.entries(restarts).sort(([one], [other]) => (one < other ? -1 : 1));
  const counted = all.filter(([, count]) => count !== 0);
  if (all.length === 0) return '–';
  if (counted.length === 0) return 'none';
  return counted.map(([name, count]) => `${name.replace(/^spacelift-/, '')} ${count}`).join(', ');
}

function secret(look: SecretLook | undefined): string {
  if (look === undefined) return 'absent';
  const { vendor = 'unset', endpoint } = look;
  if (!endpoint) return vendor;
  return `${vendor}, ${endpoint.includes('//spacelift-telemetry-collector.monitoring.') ? 'ours' : endpoint}`;
}

const line = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;

const preface = ({ kubernetes, helms }: Run) => `# Conditions

Made by the tests of this folder; do not edit. \`E2E_CONDITIONS=1 npm run e2e\` writes it again, and \`E2E_LONG=1\` beside it the last
table; a run of some files alone renews their rows.

Observed on Kubernetes ${kubernetes} with Helm ${helms.join(' and ')}; where Helm makes no difference, with the newest alone.
A stand-in plays Spacelift's services: it reads its settings from the Secret at its start, and sends spans. Both
namespaces have random ends there; here they are \`monitoring\` and \`spacelift\`.

- *What happened* is the last line of the hook's log, in its own words, but where no hook ran.
- *Restarts* counts the new sets of pods of each Deployment, \`spacelift-\` left out.
- *Secret* shows the vendor and the endpoint, which is *ours* where it is
  \`http://spacelift-telemetry-collector.monitoring.svc.cluster.local:4317\`. Of its other keys it was only asked whether they changed.`;
