import type { Rule } from './rule.ts';

/** The queue on disk is that of the exporter to Jaeger, which Kafka takes the place of. */
export const bufferBesideKafka: Rule = ({ buffer, kafka }) => {
  if (!buffer?.disk || !kafka) return [];
  const message =
    'spans wait on disk on their way to Jaeger, and with kafka they go to a topic, where they wait anyway; leave out one of the two';
  return [{ path: ['buffer', 'disk'], message }];
};
