import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { volumeRules } from './badger-volume.ts';
import { at, dead, nested, type Rule, type Step, same } from './step.ts';
import { storageRules } from './storage.ts';
import { userconfig } from './userconfig.ts';

/** Keys of the old all-in-one that the Deployment of this chart has too. */
const KEPT = [
  'affinity',
  'annotations',
  'labels',
  'nodeSelector',
  'podAnnotations',
  'podLabels',
  'priorityClassName',
  'tolerations',
];
const SPLIT =
  'the chart has one Deployment for all of Jaeger, so this did nothing; the replicas of Jaeger are availability.jaeger.replicas';

/** What a values file of the jaeger chart becomes. */
export const jaegerRules: readonly Rule[] = [
  ...storageRules,
  { path: 'allInOne.enabled', step: same },
  { path: 'allInOne.resources', step: resources },
  { path: 'allInOne.ingress', step: ingress },
  { path: 'allInOne.extraEnv', step: variables },
  { path: 'allInOne.args', step: flags },
  ...KEPT.map((key): Rule => ({ path: `allInOne.${key}`, step: (value) => renamed(key, value) })),
  { path: 'jaeger.ingress', step: ingress },
  {
    path: 'jaeger.image',
    step: dead(
      'this chart pins the version of Jaeger; write images: {registry: HOST/PATH} where a mirror has it',
    ),
  },
  ...volumeRules,
  { path: 'jaeger.*', step: (value, _, path) => ({ values: nested(['jaeger', ...path], value) }) },
  { path: 'userconfig', step: userconfig },
  { path: 'collector', step: dead(SPLIT) },
  { path: 'query', step: dead(SPLIT) },
  {
    path: 'agent',
    step: dead('Jaeger has no agent any more, so this did nothing; Spacelift sends to the collector'),
  },
  { path: 'ingester', step: dead(SPLIT) },
  {
    path: 'fullnameOverride',
    step: dead('names are constant here: spacelift-telemetry-jaeger is the one Service'),
  },
  {
    path: 'nameOverride',
    step: dead('names are constant here: spacelift-telemetry-jaeger is the one Service'),
  },
];

/** What the guide writes, and this chart has for memory. */
const GUIDE = { requests: { cpu: '200m', memory: '512Mi' }, limits: { memory: '1Gi' } };

function resources(value: Json): Step {
  const says =
    'the chart renamed allInOne to jaeger in 4.2.0 and ignores the old key: these limits never held';
  if (JSON.stringify(value) === JSON.stringify(GUIDE)) return { says: `${says}. Here the storage sets them` };
  return { values: nested(['jaeger', 'jaeger', 'resources'], value), says };
}

function renamed(key: string, value: Json): Step {
  return {
    values: nested(['jaeger', 'jaeger', key], value),
    says: 'the chart renamed allInOne to jaeger in 4.2.0 and ignores the old key',
  };
}

function ingress(value: Json): Step {
  if (!isObject(value) || value['enabled'] !== true) return {};
  const { hosts, ingressClassName, annotations } = value;
  const names = (Array.isArray(hosts) ? (hosts as Json[]) : []).map((host) =>
    isObject(host) ? String(host['host']) : String(host),
  );
  const ui = {
    ...(typeof ingressClassName === 'string' && { className: ingressClassName }),
    hosts: names,
    ...(isObject(annotations) && { annotations: annotations as Record<string, string> }),
  };
  return {
    config: { ui: { ingress: ui } },
    says: 'Jaeger has no login of its own; write ui: {authentication: htpasswd} for one',
  };
}

/** Variables and flags of Jaeger 1. */
function variables(value: Json): Step {
  const names = (Array.isArray(value) ? value : []).flatMap((each) =>
    isObject(each) ? [String(each['name'])] : [],
  );
  const says = `Jaeger 2 reads its configuration from a file, and none of ${names.join(', ') || 'these variables'}`;
  return { says };
}

function flags(value: Json, root: JsonObject): Step {
  const inMemory = [undefined, 'memory'].includes(at(root, 'storage.type') as string | undefined);
  const [, traces] =
    (Array.isArray(value) ? value : [])
      .map((each) => /^--memory\.max-traces=(\d+)$/.exec(String(each)))
      .find(Boolean) ?? [];
  return {
    ...(traces && inMemory && { config: { storage: { memory: { maxTraces: Number(traces) } } } }),
    says: 'Jaeger 2 has none of the flags of Jaeger 1, and does not start with them',
  };
}
