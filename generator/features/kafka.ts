import type { KafkaConfig, KafkaSasl } from '../../schema/types/telemetry-config.ts';
import type { KafkaExporter, KafkaReceiver, Values } from '../../schema/types/values.ts';
import type { Model, MountedSecret } from '../model.ts';
import { credentialsFile } from '../values/credentials.ts';
import { spanDelivery } from '../values/delivery.ts';
import { fromEnv } from '../values/environment.ts';
import type { Feature } from './feature.ts';

/**
 * Kafka between collector and Jaeger: spans wait there while Jaeger is away, and more than one Jaeger can take them.
 * Owns the collector's distribution, the exporters of `traces/export`, the collector's `extraEnvsFrom`, and what Jaeger
 * receives from. The exporter to Jaeger stays in the configuration; nothing points at it.
 */
export const kafka: Feature<KafkaConfig> = {
  overlay,
  presets: [
    {
      name: 'kafka',
      purpose: 'Kafka between collector and Jaeger, at `kafka:9092`: spans wait there while Jaeger is away.',
      section: {},
    },
  ],
};

/** The distribution that has Kafka's exporter: its image and the program in it. The one of the base has not. */
const CONTRIB = {
  image: {
    repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib',
  },
  command: { name: 'otelcol-contrib' },
};

function overlay(section: KafkaConfig, { secrets }: Model): Values {
  const { sasl } = section;
  const fromVariable = (key: string) => fromEnv(`${PREFIX}${key}`);
  const fromFile = (key: string) => `\${file:${credentialsFile(secrets.jaeger, `kafka-${key}`)}}`;
  return {
    presets: { kafka: 'kafka' },
    otelcol: {
      ...CONTRIB,
      extraEnvsFrom: sasl ? [credentials(sasl)] : [],
      alternateConfig: {
        exporters: { kafka: exporter(section, { read: fromVariable, files: secrets.collector }) },
        service: { pipelines: { 'traces/export': { exporters: ['kafka'] } } },
      },
    },
    jaeger: {
      userconfig: {
        receivers: { kafka: receiver(section, { read: fromFile, files: secrets.jaeger }) },
        service: { pipelines: { traces: { receivers: ['kafka'] } } },
      },
    },
  };
}

/** What the collector calls the keys of the Secret. */
const PREFIX = 'KAFKA_';

function credentials({ existingSecret = 'spacelift-telemetry-kafka' }: KafkaSasl) {
  return { prefix: PREFIX, secretRef: { name: existingSecret } };
}

/** Where a program finds what is secret: how it reads user and password, and the Secret whose keys are its files. */
interface Place {
  readonly read: (key: string) => string;
  readonly files: MountedSecret;
}

/** How both programs reach the brokers. */
function client({ brokers = ['kafka:9092'], sasl, tls }: KafkaConfig, { read, files }: Place) {
  const { mechanism = 'SCRAM-SHA-512' } = sasl ?? {};
  return {
    brokers,
    ...(tls?.enabled && {
      tls: { insecure: false, ...(tls.caKey && { ca_file: credentialsFile(files, tls.caKey) }) },
    }),
    ...(sasl && { auth: { sasl: { mechanism, username: read('username'), password: read('password') } } }),
  };
}

/** The same words for the topic on both sides. */
const TOPIC = 'spacelift-spans';
const ENCODING = 'otlp_proto';

/**
 * What a broker takes is the smaller limit here: 1 MiB by default where Jaeger takes 16, and a larger message is refused
 * for good. A batch stays a tenth below it, for what a message has around it; it is split by trace, never made larger.
 */
function exporter(section: KafkaConfig, place: Place): KafkaExporter {
  const { topic = TOPIC, maxMessageBytes = 1_000_000 } = section;
  return {
    ...client(section, place),
    traces: { topic, encoding: ENCODING },
    // All spans of a trace in one partition, hence with one Jaeger where several share the topic.
    partition_traces_by_id: true,
    producer: {
      max_message_bytes: maxMessageBytes,
      // Taken only when all replicas in sync have it: a broker that dies then loses nothing.
      required_acks: 'all',
      compression: 'zstd',
    },
    ...spanDelivery(Math.floor(maxMessageBytes * 0.9)),
  };
}

/**
 * A message counts as read when its spans are stored, and is tried again until they are, however long that takes; the
 * topic's retention is the limit. Only what can never be stored is passed over. Some spans may be stored twice.
 */
function receiver(section: KafkaConfig, place: Place): KafkaReceiver {
  const { topic = TOPIC, groupId = 'spacelift-telemetry' } = section;
  return {
    ...client(section, place),
    traces: { topics: [topic], encoding: ENCODING },
    group_id: groupId,
    // What was sent before Jaeger came for the first time is read too.
    initial_offset: 'earliest',
    message_marking: { after: true, on_error: false, on_permanent_error: true },
    // Everything is written out: here a field without a value is 0, and times 0 each pause after the first is none.
    error_backoff: {
      enabled: true,
      initial_interval: '1s',
      multiplier: 1.5,
      randomization_factor: 0.5,
      max_interval: '30s',
      max_elapsed_time: '0s',
    },
  };
}
