import { nearest } from '../../config/nearest.ts';
import { printPaste } from '../../config/remedy.ts';
import type { Finding, Rule } from './rule.ts';
import { defined, listed, type Pipeline, ROLES, type Role, type Wiring, wirings } from './wiring.ts';

/** The collector does not start with a pipeline that names what nobody has defined. */
export const pipelineComponents: Rule = (subject) =>
  wirings(subject).flatMap((wiring) =>
    wiring.pipelines.flatMap((pipeline) =>
      (Object.keys(ROLES) as Role[]).flatMap((role) => undefinedIn(wiring, pipeline, role)),
    ),
  );

function undefinedIn(wiring: Wiring, pipeline: Pipeline, role: Role): Finding[] {
  const known = ROLES[role].flatMap((section) => defined(wiring, section));
  const used = pipeline.uses(role);
  return used.flatMap((id, index) => {
    if (known.includes(id)) return [];
    const one = role.replace(/s$/, '');
    // Who names a type alone likely means the one of that type.
    const near = nearest(id, known) ?? known.find((each) => each.startsWith(`${id}/`));
    const message = `The pipeline ${pipeline.name} of ${wiring.path.join('.')} names the ${one} ${id}, which ${[...wiring.path, role].join('.')} does not define; defined are ${listed(known)}`;
    const path = [...pipeline.path, role, String(index)];
    if (near === undefined)
      return [{ path, message: `${message}. Define it, or leave it out of the pipeline` }];
    const list = used.with(index, near);
    const yaml = printPaste([...pipeline.path, role], list);
    return [{ path, message: `${message}; did you mean ${near}? Write`, yaml }];
  });
}
