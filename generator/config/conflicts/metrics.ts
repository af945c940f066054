import type { MetricsBackendConfig } from '../../../schema/types/telemetry-config.ts';
import { type Rule, withoutTls } from './rule.ts';

/** Span metrics are kept where Spacelift's own metrics are. */
export const spanMetricsNeedBackend: Rule = ({ metrics = {}, spanMetrics }) => {
  if (!spanMetrics || Object.keys(metrics).length > 0) return [];
  return [
    {
      path: ['spanMetrics'],
      message:
        'span metrics have nowhere to go without a metrics backend; add `metrics: {prometheus: {}}`, or mimir or victoriaMetrics, or leave out spanMetrics',
    },
  ];
};

/** Labels that every span metric has already. The connector does not start with one of them twice. */
const OWN_LABELS = ['service.name', 'span.name', 'span.kind', 'status.code', 'collector.instance.id'];

/** A label is named once. */
export const dimensionsOnce: Rule = ({ spanMetrics: { dimensions = [] } = {} }) =>
  dimensions
    .filter((name, index) => OWN_LABELS.includes(name) || dimensions.indexOf(name) < index)
    .map((name) => ({
      path: ['spanMetrics', 'dimensions'],
      message: `${name} is a label of the span metrics already; leave it out`,
    }));

/** A certificate is looked at where there is TLS, and the endpoints of the presets have none. */
export const backendsAuthority: Rule = ({ metrics = {} }) =>
  Object.entries(metrics as Readonly<Record<string, MetricsBackendConfig>>)
    .filter(([, { endpoint, tls }]) => tls?.caKey && !endpoint?.startsWith('https:'))
    .map(([name]) => withoutTls(['metrics', name, 'tls', 'caKey'], 'an endpoint that begins with https://'));
