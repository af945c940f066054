import { isObject } from '../../text/json.ts';
import { listAt, mapAt, textAt } from '../../text/json-path.ts';
import { type Rule, yaml } from './rule.ts';
import { COLLECTOR, JAEGER } from './storage-backend.ts';

/** Span metrics go through an exporter, and come back by a backend of Jaeger: a preset for metrics brings both. */
export const spanMetricsBackend: Rule = ({ values, model }) => {
  const config = mapAt(values, ...COLLECTOR);
  const known = { ...mapAt(config, 'exporters'), ...mapAt(config, 'connectors') };
  const measured = Object.values(mapAt(config, 'service', 'pipelines'))
    .filter(isObject)
    .filter((pipeline) => listAt(pipeline, 'receivers').includes('span_metrics'));
  const homeless = measured
    .flatMap((pipeline) => listAt(pipeline, 'exporters').map(String))
    .filter((exporter) => !Object.hasOwn(known, exporter))
    .map((exporter) => `the collector has no exporter ${exporter}`);
  const extensions = mapAt(values, ...JAEGER, 'extensions');
  const backend = textAt(extensions, 'jaeger_query', 'storage', 'metrics');
  if (backend !== '' && !Object.hasOwn(mapAt(extensions, 'jaeger_storage', 'metric_backends'), backend))
    homeless.push(`Jaeger has no metric backend ${backend}`);
  if (homeless.length === 0) return [];
  const server = 'http://prometheus-server';
  const metrics_endpoint = `${server}/api/v1/otlp/v1/metrics`;
  const prometheus = { endpoint: server, normalize_calls: true, normalize_duration: true };
  const jaeger_storage = { metric_backends: { [model.metrics.backend]: { prometheus } } };
  return [
    {
      path: [...JAEGER, 'extensions', 'jaeger_query', 'storage', 'metrics'],
      message: `Span metrics have nowhere to go: ${[...new Set(homeless)].join(', and ')}. Add the preset of a metrics backend (prometheus, mimir or victoria-metrics), or write where your own is`,
      yaml: yaml('', {
        otelcol: { alternateConfig: { exporters: { [model.metrics.exporter]: { metrics_endpoint } } } },
        jaeger: { userconfig: { extensions: { jaeger_storage } } },
      }),
    },
  ];
};
