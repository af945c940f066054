import { endpointProblem, leavesNoTime } from '../../config/conflicts/spacelift.ts';
import { at, listAt, textAt } from '../../text/json-path.ts';
import { quote, type Rule, yaml } from './rule.ts';

/** A hook without a Secret or a Deployment would say that all is well, and connect nothing. */
export const spaceliftTargets: Rule = ({ values }) => {
  const given = ['secrets', 'deployments'].filter((key) => listAt(values, 'spacelift', key).length > 0);
  if (at(values, 'spacelift', 'connect', 'mode') === 'manual' || given.length === 2) return [];
  return [
    {
      path: ['spacelift', given.includes('secrets') ? 'deployments' : 'secrets'],
      message:
        'spacelift.secrets and spacelift.deployments must each name at least one object, or nothing is connected. Write',
      yaml: yaml('spacelift', {
        secrets: ['spacelift-shared'],
        deployments: ['spacelift-drain', 'spacelift-server'],
      }),
    },
  ];
};

const HOST = /^(\[[0-9A-Fa-f:]+\]|[^:]+)/;

/** Spacelift takes OTLP over gRPC at an address that begins with http://, and nothing else that this chart could set up. */
export const spaceliftEndpoint: Rule = ({ values, model }) => {
  const path = ['spacelift', 'connect', 'endpoint'];
  const given = textAt(values, ...path);
  const why = endpointProblem(given);
  if (given === '' || why === undefined) return [];
  const [address = ''] = given.replace(/^[a-z+]*:?\/\//, '').split('/');
  const host = HOST.exec(address)?.[0] ?? 'HOST';
  return [
    {
      path,
      message: `${path.join('.')} is ${quote(given)}, which ${why}. Leave it out for this release's collector, or write`,
      yaml: yaml(path.join('.'), `http://${host}:${model.ports.otlpGrpc}`),
    },
  ];
};

/** What the wait before the first restart takes is missing for the restarts themselves. */
export const restartWindow: Rule = ({ values }) => {
  const path = ['spacelift', 'connect', 'restartDelaySeconds'];
  const delay = Number(at(values, ...path) ?? 0);
  const timeout = Number(at(values, 'spacelift', 'connect', 'timeoutSeconds') ?? 240);
  if (!leavesNoTime(delay, timeout)) return [];
  return [
    {
      path,
      message: `${path.join('.')} is ${delay}, which leaves less than 60 seconds of the ${timeout} for the restarts. Give Helm more time, --timeout ${delay + 180}s, and write`,
      yaml: yaml('spacelift.connect', { timeoutSeconds: delay + 120 }),
    },
  ];
};
