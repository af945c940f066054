import { isObject, type Json } from '../text/json.ts';
import { configRules } from './collector-config.ts';
import { at, dead, nested, type Rule, type Step, same, textAt } from './step.ts';

/** Keys that mean here what they meant there. */
const KEPT = [
  'affinity',
  'imagePullSecrets',
  'nodeSelector',
  'podAnnotations',
  'podLabels',
  'priorityClassName',
  'tolerations',
  'topologySpreadConstraints',
];

/** What a values file of the opentelemetry-collector chart becomes. */
export const collectorRules: readonly Rule[] = [
  { path: 'mode', step: mode },
  { path: 'image', step: image },
  { path: 'command', step: same }, // with the image
  { path: 'resources', step: resources },
  { path: 'replicaCount', step: replicas },
  { path: 'autoscaling', step: autoscaling },
  { path: 'ports.*', step: port },
  ...configRules,
  ...KEPT.map((key): Rule => ({ path: key, step: (value) => ({ values: nested(['otelcol', key], value) }) })),
  {
    path: 'fullnameOverride',
    step: dead('names are constant here: spacelift-telemetry-collector is the one Service'),
  },
  {
    path: 'nameOverride',
    step: dead('names are constant here: spacelift-telemetry-collector is the one Service'),
  },
  {
    path: 'service',
    step: dead('Spacelift finds the Service by its constant name; leave its type as it is'),
  },
];

function mode(value: Json): Step {
  if (value === 'deployment') return {};
  return {
    says: `a ${value} is for collectors that wait for data beside it; here it is a Deployment, and with buffer: {disk: {}} a StatefulSet`,
  };
}

function image(value: Json): Step {
  const repository = textAt(value, 'repository');
  if (repository === '' || repository.endsWith('/opentelemetry-collector-k8s')) return {};
  if (repository.endsWith('/opentelemetry-collector-contrib'))
    return {
      says: 'otelcol-k8s has all that this chart uses; kafka: {} brings the image of otelcol-contrib by itself',
    };
  return { says: 'an image of your own; write images: {registry: HOST/PATH} where it is a mirror' };
}

const GUIDE = { requests: { cpu: '200m', memory: '256Mi' }, limits: { memory: '1Gi' } };

function resources(value: Json): Step {
  if (JSON.stringify(value) === JSON.stringify(GUIDE)) return {};
  return { values: nested(['otelcol', 'resources'], value) };
}

function replicas(value: Json): Step {
  const number = Number(value);
  return number > 1 ? { config: { availability: { collector: { replicas: number } } } } : {};
}

function autoscaling(value: Json): Step {
  if (!isObject(value) || value['enabled'] !== true) return {};
  const given = {
    minReplicas: 'minReplicas',
    maxReplicas: 'maxReplicas',
    cpuPercent: 'targetCPUUtilizationPercentage',
  };
  const found = Object.entries(given).flatMap(([key, old]) => {
    const number = at(value, old);
    return typeof number === 'number' ? [[key, number] as const] : [];
  });
  return { config: { availability: { collector: { autoscaling: Object.fromEntries(found) } } } };
}

function port(value: Json, _: unknown, path: readonly string[]): Step {
  const [, name = ''] = path;
  if (name === 'otlp' || at(value, 'enabled') !== true) return {};
  return { says: `port ${name} is closed here: Spacelift speaks OTLP over gRPC alone, on 4317` };
}
