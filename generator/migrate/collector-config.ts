import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { at, nested, type Rule, type Step, same, textAt } from './step.ts';

/** What the configuration of the guide's collector becomes. A null took away what the chart itself had put there. */
export const configRules: readonly Rule[] = [
  { path: 'config.receivers.*', step: receiver },
  { path: 'config.exporters.*', step: exporter },
  { path: 'config.processors.*', step: processor },
  { path: 'config.extensions.*', step: extension },
  { path: 'config.connectors.*', step: (_, __, path) => ({ says: elsewhere('connector', path) }) },
  { path: 'config.service.pipelines.*', step: pipeline },
  { path: 'config.service.telemetry', step: telemetry },
  { path: 'config.service.extensions', step: same },
  { path: 'alternateConfig', step: (value) => ({ values: nested(['otelcol', 'alternateConfig'], value) }) },
];

/** Services of the old jaeger chart, of any release, with or without a namespace. */
const DEAD_SERVICE = /^(?:https?:\/\/)?((?:[a-z0-9-]+-)?jaeger-(?:collector|query|agent))(?:[.:/]|$)/;
/** The one that there is since 4.2.0. */
const JAEGER_SERVICE = /^(?:https?:\/\/)?((?:[a-z0-9-]+-)?jaeger)(?:[.:/]|$)/;

function elsewhere(what: string, path: readonly string[]): string {
  return `the ${what} ${path.at(-1)} has no section in a configuration; write it under otelcol.alternateConfig of a values file, and into its pipelines`;
}

function receiver(value: Json, _: JsonObject, path: readonly string[]): Step {
  if (value === null) return {};
  if (path.at(-1) !== 'otlp') return { says: elsewhere('receiver', path) };
  if (at(value, 'protocols.http') === undefined || at(value, 'protocols.http') === null) return {};
  return { says: 'OTLP over HTTP is closed here: Spacelift speaks gRPC alone' };
}

function exporter(value: Json, root: JsonObject, path: readonly string[]): Step {
  const id = path.at(-1) ?? '';
  const endpoint = textAt(value, 'endpoint');
  const [, dead] = DEAD_SERVICE.exec(endpoint) ?? [];
  if (dead !== undefined)
    return {
      says: `${endpoint} is a Service that the jaeger chart no longer makes since 4.2.0: every span was lost. Here otlp_grpc/jaeger sends to spacelift-telemetry-jaeger:4317`,
    };
  if (JAEGER_SERVICE.test(endpoint))
    return {
      says: `${endpoint} goes with its release; here otlp_grpc/jaeger sends to spacelift-telemetry-jaeger:4317`,
    };
  if (value === null || ['debug', 'nop', 'logging'].includes(id)) return {};
  const used = namedIn(root, 'exporters', id);
  if (used.length === 0) return { says: `the exporter ${id} is in no pipeline, so it did nothing` };
  const [type = id, ...name] = id.split('/');
  const types: Record<string, string> = { otlp: 'otlp_grpc', otlphttp: 'otlp_http' };
  const to = [types[type] ?? type, ...(name.length > 0 ? name : ['other'])].join('/');
  return {
    ...(types[type] &&
      isObject(value) && { values: nested(['otelcol', 'alternateConfig', 'exporters', to], value) }),
    says: `${id} sends ${used.join(' and ')} to ${endpoint || 'a backend of yours'}; for metrics write metrics: {prometheus: {endpoint: ...}}, else name ${to} in a pipeline of otelcol.alternateConfig`,
  };
}

function processor(value: Json, _: JsonObject, path: readonly string[]): Step {
  const id = path.at(-1) ?? '';
  const [type] = id.split('/');
  if (value === null || type === 'memory_limiter') return {};
  if (type === 'batch')
    return {
      says: 'batches are made in the queue of the exporter here: the processor loses spans that Jaeger refuses',
    };
  const percentage = at(value, 'sampling_percentage');
  if (type === 'probabilistic_sampler' && typeof percentage === 'number')
    return { config: { traces: { sample: { probabilistic: { percentage } } } } };
  return { says: `${elsewhere('processor', path)}; traces has sections to filter, redact and sample` };
}

function extension(value: Json, _: JsonObject, path: readonly string[]): Step {
  if (value === null || ['health_check', 'zpages', 'pprof'].includes(path.at(-1) ?? '')) return {};
  return { says: elsewhere('extension', path) };
}

function pipeline(value: Json, root: JsonObject, path: readonly string[]): Step {
  const name = path.at(-1) ?? '';
  if (value === null) return {};
  const [signal] = name.split('/');
  const exporters = at(value, 'exporters');
  const targets = (Array.isArray(exporters) ? exporters : []).map((id) =>
    textAt(root, `config.exporters.${id}.endpoint`),
  );
  const toJaeger = targets.some((endpoint) => DEAD_SERVICE.test(endpoint) || JAEGER_SERVICE.test(endpoint));
  if (signal === 'metrics' && toJaeger)
    return {
      says: 'Jaeger takes no metrics: each batch was refused. Here they end in the collector; metrics: {prometheus: {}} keeps them',
    };
  if (signal === 'logs')
    return { says: 'Spacelift sends no logs over OTLP; there is no pipeline for them here' };
  return {};
}

/** Pipelines that name a component. */
function namedIn(root: JsonObject, role: string, id: string): string[] {
  const pipelines = at(root, 'config.service.pipelines');
  return Object.entries(isObject(pipelines) ? pipelines : {}).flatMap(([name, pipeline]) => {
    const ids = at(pipeline, role);
    return Array.isArray(ids) && ids.includes(id) ? [name] : [];
  });
}

function telemetry(value: Json): Step {
  const known = ['debug', 'info', 'warn', 'error'] as const;
  const logLevel = known.find((each) => each === at(value, 'logs.level'));
  if (logLevel === undefined || logLevel === 'info') return {};
  return { config: { debug: { logLevel } }, says: 'the level is that of both programs here' };
}
