import { printPaste } from '../../config/remedy.ts';
import { listAt } from '../../text/json-path.ts';
import type { Finding, Rule } from './rule.ts';
import { defined, listed, type Wiring, wirings } from './wiring.ts';

/** A program does not start with a list of extensions that names what nobody has defined. */
export const definedExtensions: Rule = (subject) => wirings(subject).flatMap(undefinedOf);

/** What the list does not name is not started, and nobody says so. */
export const startedExtensions: Rule = (subject) =>
  wirings(subject)
    .flatMap(notStarted)
    .filter(({ path }) => subject.isGiven(path));

function undefinedOf(wiring: Wiring): Finding[] {
  const known = defined(wiring, 'extensions');
  const path = [...wiring.path, 'service', 'extensions'];
  return listAt(wiring.config, 'service', 'extensions').flatMap((id, index) => {
    if (known.includes(String(id))) return [];
    const message = `service.extensions names ${id}, which ${[...wiring.path, 'extensions'].join('.')} does not define; defined are ${listed(known)}. Define it, or leave it out of the list`;
    return [{ path: [...path, String(index)], message }];
  });
}

function notStarted(wiring: Wiring): Finding[] {
  const path = [...wiring.path, 'service', 'extensions'];
  const started = listAt(wiring.config, 'service', 'extensions').map(String);
  return defined(wiring, 'extensions')
    .filter((id) => !started.includes(id))
    .map((id) => ({
      path: [...wiring.path, 'extensions', id],
      message: `the extension ${id} is not in ${path.join('.')}, so it is not started and does nothing. Write`,
      yaml: printPaste(path, [...started, id]),
      severity: 'warning',
    }));
}
