import type { TelemetryConfig } from '../../schema/types/telemetry-config.ts';
import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { at, dead, type Rule, type Step, same, textAt } from './step.ts';

/** jaegertracing/helm-charts, jaeger-4.1.5: the type became SPAN_STORAGE_TYPE alone, and the pod ran in memory. */
const NEVER_BADGER =
  'since version 4 the chart made variables of Jaeger 1 of it, which Jaeger 2 does not read: traces were kept in memory, and the claim stayed empty. Here they are kept in it';

/** Where traces are kept, as the jaeger chart had it. */
export const storageRules: readonly Rule[] = [
  { path: 'storage.type', step: storageType },
  { path: 'storage.badger', step: same }, // with the type
  { path: 'storage.elasticsearch', step: same },
  { path: 'storage.opensearch', step: same },
  { path: 'storage.cassandra', step: same },
  { path: 'storage.memory', step: same },
  { path: 'provisionDataStore', step: provisioned },
  {
    path: 'storage.kafka',
    step: dead(
      'Kafka is no storage of Jaeger; here it stands between collector and Jaeger: write kafka: {brokers: [...]}',
    ),
  },
];

function storageType(type: Json, root: JsonObject): Step {
  switch (type) {
    case 'memory': {
      const maxTraces = Number(textAt(root, 'storage.memory.maxTraces'));
      return { config: { storage: { memory: maxTraces > 0 ? { maxTraces } : {} } } };
    }
    case 'badger':
      return badger(root);
    case 'elasticsearch':
    case 'opensearch':
      return search(type, root);
    case 'cassandra':
      return cassandra(root);
    default:
      return {
        says: `there is no storage ${JSON.stringify(type)} here; traces are kept in memory without another`,
      };
  }
}

function badger(root: JsonObject): Step {
  const claim = textAt(root, 'storage.badger.persistence.useExistingPvcName');
  const size = textAt(root, 'storage.badger.persistence.size');
  const storageClass = textAt(root, 'storage.badger.persistence.storageClass');
  if (at(root, 'storage.badger.ephemeral') === true)
    return {
      config: { storage: { memory: {} } },
      says: 'an ephemeral Badger loses its traces with the pod, as memory does; for traces that stay write storage: {badger: {}}',
    };
  const retention = ttlOf(root);
  const own =
    claim === ''
      ? { ...(size && { size }), ...(storageClass && { storageClass }) }
      : { existingClaim: claim };
  return { config: { storage: { badger: { ...own, ...(retention && { retention }) } } }, says: NEVER_BADGER };
}

/** How long spans are kept: a variable of Jaeger 1, or a flag of it. */
function ttlOf(root: JsonObject): string {
  const variables = at(root, 'allInOne.extraEnv');
  const args = at(root, 'allInOne.args');
  const all = [...(Array.isArray(variables) ? variables : []), ...(Array.isArray(args) ? args : [])];
  const found = all.map((each) =>
    isObject(each)
      ? each['name'] === 'BADGER_SPAN_STORE_TTL' && String(each['value'])
      : /^--badger\.span-store-ttl=(.*)$/.exec(String(each))?.[1],
  );
  return found.find((value): value is string => typeof value === 'string') ?? '';
}

function search(type: 'elasticsearch' | 'opensearch', root: JsonObject): Step {
  const settings = at(root, `storage.${type}`) ?? {};
  const url = textAt(settings, 'url');
  const host = textAt(settings, 'host');
  const made =
    host && `${textAt(settings, 'scheme') || 'http'}://${host}:${textAt(settings, 'port') || '9200'}`;
  const prefix = textAt(settings, 'indexPrefix');
  const urls = [url || made].filter((each) => each !== '');
  const config = {
    ...(urls.length > 0 && { urls }),
    ...(prefix && { indexPrefix: prefix }),
    ...login(settings),
  };
  return { config: { storage: { [type]: config } } as TelemetryConfig, ...saysLogin(settings) };
}

function cassandra(root: JsonObject): Step {
  const settings = at(root, 'storage.cassandra') ?? {};
  const host = textAt(settings, 'host');
  const port = Number(textAt(settings, 'port'));
  const keyspace = textAt(settings, 'keyspace');
  const config = {
    ...(host && { servers: host.split(',') }),
    ...(port > 0 && { port }),
    ...(keyspace && { keyspace }),
    ...login(settings),
  };
  return { config: { storage: { cassandra: config } }, ...saysLogin(settings) };
}

function login(settings: Json): { existingSecret?: string } {
  const existingSecret = textAt(settings, 'existingSecret');
  return existingSecret === '' ? {} : { existingSecret };
}

function saysLogin(settings: Json): { says?: string } {
  if (textAt(settings, 'password') !== '')
    return {
      says: 'a password in values ends in a ConfigMap; put username and password into a Secret, and name it in existingSecret',
    };
  return textAt(settings, 'existingSecret') === ''
    ? {}
    : { says: 'the Secret needs the keys username and password' };
}

function provisioned(value: Json): Step {
  const made = isObject(value) ? Object.keys(value).filter((key) => value[key] === true) : [];
  if (made.length === 0) return {};
  return { says: `the chart no longer installs ${made.join(' and ')}; name a server of yours under storage` };
}
