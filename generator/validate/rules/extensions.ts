import { printPaste } from '../../config/remedy.ts';
import { listAt } from '../../text/json-path.ts';
import type { Finding, Rule } from './rule.ts';
import { defined, type Wiring, wirings } from './wiring.ts';

/** An extension is started by a list, which names what is defined. */
export const startedExtensions: Rule = (subject) =>
  wirings(subject).flatMap((wiring) => [
    ...undefinedOf(wiring),
    ...notStarted(wiring).filter(({ path }) => subject.isGiven(path)),
  ]);

function undefinedOf(wiring: Wiring): Finding[] {
  const known = defined(wiring, 'extensions');
  const path = [...wiring.path, 'service', 'extensions'];
  return listAt(wiring.config, 'service', 'extensions').flatMap((id, index) => {
    if (known.includes(String(id))) return [];
    const message = `service.extensions names ${id}, which ${[...wiring.path, 'extensions'].join('.')} does not define; defined are ${known.join(', ') || 'none'}. Define it, or leave it out of the list`;
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
