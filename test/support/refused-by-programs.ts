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
    `${COLLECTOR}/service/pipelines/traces~1export/exporters/0: The pipeline traces/export of otelcol.alternateConfig names the exporter otlp_grpc/tempo, which otelcol.alternateConfig.exporters does not define; defined are forward/export, forward/sampled, nop, otlp_grpc/jaeger`,
  ],
  [
    'a pipeline with a receiver that nobody has defined',
    pipelines('{logs: {receivers: [otpl], exporters: [nop]}}'),
    `${COLLECTOR}/service/pipelines/logs/receivers/0: The pipeline logs of otelcol.alternateConfig names the receiver otpl`,
  ],
  [
    'a processor in a pipeline of Jaeger that nobody has defined',
    jaeger('{service: {pipelines: {traces: {processors: [batch]}}}}'),
    `${JAEGER}/service/pipelines/traces/processors/0: The pipeline traces of jaeger.userconfig names the processor batch, which jaeger.userconfig.processors does not define`,
  ],
  [
    'a pipeline without an end',
    pipelines('{logs: {receivers: [otlp]}}'),
    `${COLLECTOR}/service/pipelines/logs/exporters: The pipeline logs of otelcol.alternateConfig has no exporters`,
  ],
  [
    'a pipeline without a beginning',
    pipelines('{traces/b: {receivers: [], exporters: [nop]}}'),
    `${COLLECTOR}/service/pipelines/traces~1b/receivers: The pipeline traces/b of otelcol.alternateConfig has no receivers`,
  ],
  [
    'a connector that nobody reads',
    pipelines('{traces/export: {receivers: [otlp]}}'),
    `${COLLECTOR}/connectors/forward~1export: The connector forward/export of otelcol.alternateConfig is among the exporters of a pipeline and among the receivers of none`,
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

/** Values with which both programs start, and then nobody comes to the port that one listens on. */
export const comeToNobody: readonly [string, Record<string, string>, string][] = [
  [
    'a Jaeger that listens where its Service does not come',
    jaeger('{receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:5317"}}}}}'),
    `${JAEGER}/receivers/otlp/protocols/grpc/endpoint: Jaeger listens on port 5317 for OTLP over gRPC, and its Service and its probes come to 4317`,
  ],
  [
    'a health of Jaeger that no probe finds',
    jaeger('{extensions: {healthcheckv2: {http: {endpoint: "0.0.0.0:13134"}}}}'),
    `${JAEGER}/extensions/healthcheckv2/http/endpoint: Jaeger listens on port 13134 for its health`,
  ],
  [
    'a collector that listens where its Service does not lead',
    collector('{receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:4000"}}}}}'),
    `${COLLECTOR}/receivers/otlp/protocols/grpc/endpoint: The collector listens on port 4000, and otelcol.ports.otlp.containerPort is 4317`,
  ],
  [
    'a health of the collector that its probes do not find',
    collector('{extensions: {health_check: {endpoint: "0.0.0.0:13200"}}}'),
    `${COLLECTOR}/extensions/health_check/endpoint: The collector listens on port 13200, and otelcol.livenessProbe.httpGet.port is 13133`,
  ],
];
