import type { Finding, Rule } from './rule.ts';
import { wirings } from './wiring.ts';

/** The collector does not start with a pipeline that has no beginning or no end. */
export const pipelineEnds: Rule = (subject) =>
  wirings(subject).flatMap(({ path: wiring, pipelines }) =>
    pipelines.flatMap(({ name, path, uses }) =>
      (['receivers', 'exporters'] as const).flatMap((role): Finding[] => {
        if (uses(role).length > 0) return [];
        const message = `The pipeline ${name} of ${wiring.join('.')} has no ${role}, and the program does not start with it; name one, or leave the pipeline out`;
        return [{ path: [...path, role], message }];
      }),
    ),
  );
