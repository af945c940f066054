import { nearest } from '../../config/nearest.ts';
import type { Model } from '../../model.ts';
import { type Address, addresses } from './addresses.ts';
import type { Finding, Rule } from './rule.ts';

/** The namespace of Spacelift's guide, and of the documents of this chart. */
const NAMESPACE_OF_THE_GUIDE = 'monitoring';

/**
 * What is sent to a name that nobody has is lost without a word. A name that is nearly one of this release's is a mistake
 * of spelling; one that the guide's two releases have may be there, where somebody keeps them. All others are the user's
 * own, and so is a Service of the guide's name in another namespace.
 */
export const deadNames: Rule = (subject) =>
  addresses(subject).flatMap((address) => {
    const { model } = subject;
    return misspelled(address, model) ?? ofTheGuide(address, model) ?? [];
  });

function misspelled({ path, text, service }: Address, { names }: Model): Finding[] | undefined {
  const ours = [names.jaeger, names.collector, names.sampling];
  const right = nearest(service, ours);
  // No name of ours has a digit: a second Jaeger of somebody may.
  if (right === undefined || ours.includes(service) || /\d/.test(service)) return undefined;
  const value = text.replace(service, right);
  const message = `${path.join('.')} is ${text}, and no Service has that name: what is sent there is lost; write ${value}`;
  return [{ code: 'dead-address', path, message, remedy: { kind: 'set', path, value, certain: true } }];
}

/** The chart's name is the release's of those who moved and kept the other names. */
function ofTheGuide({ path, text, service, namespace }: Address, model: Model): Finding[] | undefined {
  const { names, chart, ports } = model;
  const right: Readonly<Record<string, string>> = {
    jaeger: names.jaeger,
    'jaeger-collector': names.jaeger,
    'jaeger-query': names.jaeger,
    'jaeger-agent': names.jaeger,
    'otelcol-opentelemetry-collector': names.collector,
    [`${names.jaeger}-collector`]: names.jaeger,
    [`${names.jaeger}-query`]: names.jaeger,
    [`${chart.name}-otelcol`]: names.collector,
    [`${chart.name}-opentelemetry-collector`]: names.collector,
  };
  const ours = Object.hasOwn(right, service) ? right[service] : undefined;
  if (ours === undefined || (namespace ?? NAMESPACE_OF_THE_GUIDE) !== NAMESPACE_OF_THE_GUIDE)
    return undefined;
  const message = `${path.join('.')} is ${text}, a Service that this release does not make: unless you keep another release that has it, what is sent there is lost; here it is ${ours}`;
  const value = `${ours}:${ports.otlpGrpc}`;
  const remedy = { kind: 'set', path, value, certain: false } as const;
  // What sends to the collector from here would send in a circle.
  const isForJaeger = ours === names.jaeger && /^otlp_grpc(\/|$)/.test(path.at(-2) ?? '');
  return [{ code: 'dead-address', severity: 'warning', path, message, ...(isForJaeger && { remedy }) }];
}
