import type { Rule } from './rule.ts';

/** The queue on disk is that of the exporter to Jaeger, which Kafka takes the place of. */
export const bufferBesideKafka: Rule = ({ buffer, kafka }) => {
  if (!kafka) return [];
  const message = (place: string) =>
    `spans wait ${place} on their way to Jaeger, and with kafka they go to a topic, where they wait anyway; leave out one of the two`;
  return [
    ...(buffer?.disk ? [{ path: ['buffer', 'disk'], message: message('on disk') }] : []),
    ...(buffer?.memory?.queueSize
      ? [{ path: ['buffer', 'memory', 'queueSize'], message: message('in this queue') }]
      : []),
  ];
};
