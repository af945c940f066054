import { at, textAt } from '../../text/json-path.ts';
import { type Rule, yaml } from './rule.ts';

/** Spacelift sends to the collector's Service by its name and port, unless it is told of something in front. */
export const collectorService: Rule = ({ values, model }) => {
  if (textAt(values, 'spacelift', 'connect', 'endpoint') !== '') return [];
  const enabled = at(values, 'otelcol', 'service', 'enabled') as boolean | undefined;
  const daemonset = textAt(values, 'otelcol', 'mode') === 'daemonset';
  if (!(enabled ?? !daemonset)) {
    const why = enabled === false ? 'otelcol.service.enabled is false' : 'otelcol.mode is daemonset';
    return [
      {
        path: ['otelcol', ...(enabled === false ? ['service', 'enabled'] : ['mode'])],
        message: `The collector has no Service, since ${why}, and Spacelift sends to it by its name. Write`,
        yaml: yaml('otelcol.service.enabled', true),
      },
    ];
  }
  const port = model.ports.otlpGrpc;
  const otlp = ['otelcol', 'ports', 'otlp'];
  const open = at(values, ...otlp, 'enabled') !== false;
  if (open && (at(values, ...otlp, 'servicePort') ?? port) === port) return [];
  return [
    {
      path: [...otlp, open ? 'servicePort' : 'enabled'],
      message: `The collector's Service has not the port ${port}, which Spacelift sends to. Write`,
      yaml: yaml(otlp.join('.'), { enabled: true, servicePort: port }),
    },
  ];
};
