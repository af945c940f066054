import type { Refusal } from './refusal.ts';

/** What is refused of pipelines, of pointers by name, and of ports. */
export const wiringRefusals: readonly Refusal[] = [
  {
    name: 'a collector without the Service that Spacelift sends to',
    values: 'otelcol: {service: {enabled: false}}',
    refusal: `The collector has no Service, since otelcol.service.enabled is false, and Spacelift sends to it by its name. Write:

    otelcol:
      service:
        enabled: true`,
    mended: { values: 'otelcol: {service: {enabled: true}}' },
  },
  {
    name: 'the mode in which the collector chart makes no Service',
    values: 'otelcol: {mode: daemonset}',
    refusal: `The collector has no Service, since otelcol.mode is daemonset, and Spacelift sends to it by its name. Write:

    otelcol:
      service:
        enabled: true`,
    mended: { values: 'otelcol: {mode: daemonset, service: {enabled: true}}' },
  },
  {
    name: 'another port of the Service that Spacelift sends to',
    values: 'otelcol: {ports: {otlp: {servicePort: 14317}}}',
    refusal: `The collector's Service has not the port 4317, which Spacelift sends to. Write:

    otelcol:
      ports:
        otlp:
          enabled: true
          servicePort: 4317`,
    mended: {
      values:
        'spacelift: {connect: {endpoint: "http://gateway.monitoring:14317"}}\notelcol: {ports: {otlp: {servicePort: 14317}}}',
    },
  },
  {
    name: 'a pipeline that names what nobody has defined',
    values:
      'otelcol: {alternateConfig: {service: {pipelines: {traces/export: {exporters: [otlp_grpc/jaeger, otlp_grpc/tempo]}}}}}',
    refusal:
      'The pipeline traces/export of otelcol.alternateConfig names the exporter otlp_grpc/tempo, which otelcol.alternateConfig.exporters does not define; defined are forward/export, forward/sampled, nop, otlp_grpc/jaeger. Define it, or leave it out of the pipeline.',
    mended: {
      values:
        'otelcol: {alternateConfig: {exporters: {otlp_grpc/tempo: {endpoint: "tempo:4317"}}, service: {pipelines: {traces/export: {exporters: [otlp_grpc/jaeger, otlp_grpc/tempo]}}}}}',
    },
  },
  {
    name: 'a receiver of Kafka that tries again without a pause',
    values:
      'jaeger: {userconfig: {receivers: {kafka/two.spans: {brokers: ["kafka:9092"], error_backoff: {enabled: true, initial_interval: 1s}}}, service: {pipelines: {traces: {receivers: [otlp, kafka/two.spans]}}}}}',
    refusal: `The receiver kafka/two.spans of jaeger.userconfig reads a message that was refused again without a pause, since its error_backoff has no multiplier. Write:

    jaeger:
      userconfig:
        receivers:
          kafka/two.spans:
            error_backoff:
              multiplier: 1.5`,
    mended: {
      values:
        'jaeger: {userconfig: {receivers: {kafka/two.spans: {brokers: ["kafka:9092"], error_backoff: {enabled: true, initial_interval: 1s, multiplier: 1.5}}}, service: {pipelines: {traces: {receivers: [otlp, kafka/two.spans]}}}}}',
    },
  },
  {
    name: 'a pipeline without an end',
    values: 'otelcol: {alternateConfig: {service: {pipelines: {logs: {receivers: [otlp]}}}}}',
    refusal:
      'The pipeline logs of otelcol.alternateConfig has no exporters, and the program does not start with it; name one, or leave the pipeline out.',
    mended: {
      values:
        'otelcol: {alternateConfig: {service: {pipelines: {logs: {receivers: [otlp], exporters: [nop]}}}}}',
    },
  },
  {
    name: 'half a connector',
    values: 'otelcol: {alternateConfig: {service: {pipelines: {traces/export: {receivers: [otlp]}}}}}',
    refusal:
      'The connector forward/export of otelcol.alternateConfig is among the exporters of a pipeline and among the receivers of none, and the program does not start with half of it; name it in both, or in neither.',
    mended: {
      values:
        'otelcol: {alternateConfig: {service: {pipelines: {traces/export: {receivers: [otlp, forward/export]}}}}}',
    },
  },
  {
    name: 'an extension that is started and nowhere defined',
    values: 'otelcol: {alternateConfig: {service: {extensions: [health_check, zpages]}}}',
    refusal:
      'service.extensions names zpages, which otelcol.alternateConfig.extensions does not define; defined are health_check. Define it, or leave it out of the list.',
    mended: {
      values:
        'otelcol: {alternateConfig: {extensions: {zpages: {}}, service: {extensions: [health_check, zpages]}}}',
    },
  },
  {
    name: 'a storage that nobody has',
    values: 'jaeger: {userconfig: {extensions: {jaeger_query: {storage: {traces: badgr}}}}}',
    refusal:
      'extensions.jaeger_query.storage.traces is "badgr", and jaeger.userconfig.extensions.jaeger_storage.backends has no backend of that name; there are memory. Write one of them, or define it.',
    mended: { values: 'jaeger: {userconfig: {extensions: {jaeger_query: {storage: {traces: memory}}}}}' },
  },
  {
    name: 'a Jaeger that listens where its Service does not come',
    values: 'jaeger: {userconfig: {receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:5317"}}}}}}',
    refusal: `Jaeger listens on port 5317 for OTLP over gRPC, and its Service and its probes come to 4317, which no value changes. Write:

    jaeger:
      userconfig:
        receivers:
          otlp:
            protocols:
              grpc:
                endpoint: 0.0.0.0:4317`,
    mended: { values: '{}' },
  },
  {
    name: 'a collector that listens where its Service does not lead',
    values:
      'otelcol: {alternateConfig: {receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:4000"}}}}}}',
    refusal: `The collector listens on port 4000, and otelcol.ports.otlp.containerPort is 4317, so nothing comes there. Write:

    otelcol:
      alternateConfig:
        receivers:
          otlp:
            protocols:
              grpc:
                endpoint: 0.0.0.0:4317`,
    mended: {
      values:
        'otelcol: {ports: {otlp: {containerPort: 4000}}, alternateConfig: {receivers: {otlp: {protocols: {grpc: {endpoint: "0.0.0.0:4000"}}}}}}',
    },
  },
  {
    name: 'a health of the collector that its probes do not find',
    values: 'otelcol: {alternateConfig: {extensions: {health_check: {endpoint: "0.0.0.0:13200"}}}}',
    refusal: `The collector listens on port 13200, and otelcol.livenessProbe.httpGet.port is 13133, so nothing comes there. Write:

    otelcol:
      alternateConfig:
        extensions:
          health_check:
            endpoint: 0.0.0.0:13133`,
    mended: { values: '{}' },
  },
  {
    name: 'a sampling store that is no backend',
    values: 'jaeger: {userconfig: {extensions: {remote_sampling: {adaptive: {sampling_store: nope}}}}}',
    refusal:
      'extensions.remote_sampling.adaptive.sampling_store is "nope", and jaeger.userconfig.extensions.jaeger_storage.backends has no backend of that name; there are memory. Write one of them, or define it.',
    mended: {
      values: 'jaeger: {userconfig: {extensions: {remote_sampling: {adaptive: {sampling_store: memory}}}}}',
    },
  },
  {
    name: 'a probe of readiness that asks a port where nobody listens',
    values: 'otelcol: {readinessProbe: {httpGet: {port: 13200}}}',
    refusal: `The collector listens on port 13133, and otelcol.readinessProbe.httpGet.port is 13200, so nothing comes there. Write:

    otelcol:
      alternateConfig:
        extensions:
          health_check:
            endpoint: \${env:MY_POD_IP}:13200`,
    mended: { values: 'otelcol: {readinessProbe: {httpGet: {port: 13133}}}' },
  },
];
