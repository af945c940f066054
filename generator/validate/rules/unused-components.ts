import type { Finding, Rule } from './rule.ts';
import { defined, ROLES, type Role, type Wiring, wirings } from './wiring.ts';

const SECTIONS = ['receivers', 'processors', 'exporters', 'connectors'] as const;

/** What no pipeline names is never made: its settings do nothing, and nobody says so. */
export const unusedComponents: Rule = (subject) =>
  wirings(subject).flatMap((wiring) =>
    SECTIONS.flatMap((section) =>
      defined(wiring, section)
        .filter((id) => !isUsed(wiring, section, id))
        .map((id) => unused(wiring, section, id))
        // The chart itself defines what only some presets use.
        .filter(({ path }) => subject.isGiven(path)),
    ),
  );

function isUsed({ pipelines }: Wiring, section: (typeof SECTIONS)[number], id: string): boolean {
  const roles = (Object.keys(ROLES) as Role[]).filter((role) =>
    (ROLES[role] as readonly string[]).includes(section),
  );
  return pipelines.some(({ uses }) => roles.some((role) => uses(role).includes(id)));
}

function unused({ path }: Wiring, section: string, id: string): Finding {
  const message = `the ${section.replace(/s$/, '')} ${id} is in no pipeline, so it does nothing; name it in one of ${[...path, 'service', 'pipelines'].join('.')}, or leave it out`;
  return { path: [...path, section, id], message, severity: 'warning' };
}
