import type { Finding, Rule } from './rule.ts';
import { defined, type Wiring, wirings } from './wiring.ts';

/** A connector is the end of one pipeline and the beginning of another: the collector does not start with half of it. */
export const connectorEnds: Rule = (subject) =>
  wirings(subject).flatMap((wiring) => defined(wiring, 'connectors').flatMap((id) => halfOf(wiring, id)));

function halfOf({ path, pipelines }: Wiring, id: string): Finding[] {
  const enters = pipelines.some(({ uses }) => uses('exporters').includes(id));
  const leaves = pipelines.some(({ uses }) => uses('receivers').includes(id));
  if (enters === leaves) return [];
  const [there, missing] = enters ? ['exporters', 'receivers'] : ['receivers', 'exporters'];
  const message = `The connector ${id} of ${path.join('.')} is among the ${there} of a pipeline and among the ${missing} of none, and the program does not start with half of it; name it in both, or in neither`;
  return [{ path: [...path, 'connectors', id], message }];
}
