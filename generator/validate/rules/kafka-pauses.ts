import { printPaste } from '../../config/remedy.ts';
import { mapAt } from '../../text/json-path.ts';
import type { Rule } from './rule.ts';
import { defined, typeOf, wirings } from './wiring.ts';

/**
 * Kafka's receiver fills in nothing that `error_backoff` leaves out. Without a factor each pause after the first is
 * none, and one message that cannot be stored is read and logged a thousand times a second.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/blob/v0.158.0/receiver/kafkareceiver/kafka_receiver.go
 * `newExponentialBackOff`
 */
export const kafkaPauses: Rule = (subject) =>
  wirings(subject).flatMap((wiring) =>
    defined(wiring, 'receivers')
      .filter((id) => typeOf(id) === 'kafka')
      .flatMap((id) => {
        const path = ['receivers', id, 'error_backoff'];
        const { enabled, multiplier } = mapAt(wiring.config, ...path);
        if (enabled !== true || multiplier) return [];
        return [
          {
            path: [...wiring.path, ...path],
            message: `The receiver ${id} of ${wiring.path.join('.')} reads a message that was refused again without a pause, since its error_backoff has no multiplier. Write`,
            yaml: printPaste([...wiring.path, ...path, 'multiplier'], 1.5),
          },
        ];
      }),
  );
