/** Values files of one configuration, by their names. */
export const collector = (config: string) => ({ 'v.yaml': `otelcol: {alternateConfig: ${config}}\n` });
export const jaeger = (config: string) => ({ 'v.yaml': `jaeger: {userconfig: ${config}}\n` });
export const pipelines = (all: string) => collector(`{service: {pipelines: ${all}}}`);
export const COLLECTOR = '/otelcol/alternateConfig';
export const JAEGER = '/jaeger/userconfig';

/** Values that Helm takes and whose program does not start: their name, the file, and what `validate` says. */
export const refusedByPrograms: readonly [string, Record<string, string>, string][] = [
  [
    'a pipeline with an exporter that nobody has defined',
    pipelines('{traces/export: {exporters: [otlp_grpc/tempo]}}'),
    `${COLLECTOR}/service/pipelines/traces~1export/exporters/0: the pipeline traces/export names the exporter otlp_grpc/tempo, which otelcol.alternateConfig.exporters does not define; defined are otlp_grpc/jaeger, nop, forward/sampled, forward/export`,
  ],
  [
    'a pipeline with a receiver that nobody has defined',
    pipelines('{logs: {receivers: [otpl], exporters: [nop]}}'),
    `${COLLECTOR}/service/pipelines/logs/receivers/0: the pipeline logs names the receiver otpl`,
  ],
  [
    'a processor in a pipeline of Jaeger that nobody has defined',
    jaeger('{service: {pipelines: {traces: {processors: [batch]}}}}'),
    `${JAEGER}/service/pipelines/traces/processors/0: the pipeline traces names the processor batch, which jaeger.userconfig.processors does not define`,
  ],
  [
    'a pipeline without an end',
    pipelines('{logs: {receivers: [otlp]}}'),
    `${COLLECTOR}/service/pipelines/logs/exporters: the pipeline logs has no exporters`,
  ],
  [
    'a pipeline without a beginning',
    pipelines('{traces/b: {receivers: [], exporters: [nop]}}'),
    `${COLLECTOR}/service/pipelines/traces~1b/receivers: the pipeline traces/b has no receivers`,
  ],
  [
    'a connector that nobody reads',
    pipelines('{traces/export: {receivers: [otlp]}}'),
    `${COLLECTOR}/connectors/forward~1export: the connector forward/export is among the exporters of a pipeline and among the receivers of none`,
  ],
  [
    'an extension that is started and nowhere defined',
    collector('{service: {extensions: [health_check, zpages]}}'),
    `${COLLECTOR}/service/extensions/1: service.extensions names zpages, which otelcol.alternateConfig.extensions does not define; defined are health_check`,
  ],
  [
    'a query of traces in a backend that is not there',
    jaeger('{extensions: {jaeger_query: {storage: {traces: badgr}}}}'),
    `${JAEGER}/extensions/jaeger_query/storage/traces: extensions.jaeger_query.storage.traces is "badgr", and jaeger.userconfig.extensions.jaeger_storage.backends has no backend of that name; there are memory`,
  ],
  [
    'spans written to a backend that is not there',
    jaeger('{exporters: {jaeger_storage_exporter: {trace_storage: main}}}'),
    `${JAEGER}/exporters/jaeger_storage_exporter/trace_storage: exporters.jaeger_storage_exporter.trace_storage is "main"`,
  ],
];
