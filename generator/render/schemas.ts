import imagesConfig from '../../schema/config/images-config.schema.json' with { type: 'json' };
import kafkaConfig from '../../schema/config/kafka-config.schema.json' with { type: 'json' };
import metricsConfig from '../../schema/config/metrics-config.schema.json' with { type: 'json' };
import storageConfig from '../../schema/config/storage-config.schema.json' with { type: 'json' };
import telemetryConfig from '../../schema/config/telemetry-config.schema.json' with { type: 'json' };
import uiConfig from '../../schema/config/ui-config.schema.json' with { type: 'json' };
import attributes from '../../schema/values/attributes.schema.json' with { type: 'json' };
import authenticators from '../../schema/values/authenticators.schema.json' with { type: 'json' };
import collectorComponents from '../../schema/values/collector-components.schema.json' with { type: 'json' };
import components from '../../schema/values/components.schema.json' with { type: 'json' };
import configTypes from '../../schema/values/config-types.schema.json' with { type: 'json' };
import connectors from '../../schema/values/connectors.schema.json' with { type: 'json' };
import extensions from '../../schema/values/extensions.schema.json' with { type: 'json' };
import jaegerChart from '../../schema/values/jaeger-chart.schema.json' with { type: 'json' };
import jaegerChartDeployment from '../../schema/values/jaeger-chart-deployment.schema.json' with {
  type: 'json',
};
import jaegerChartElasticsearch from '../../schema/values/jaeger-chart-elasticsearch.schema.json' with {
  type: 'json',
};
import jaegerChartJobs from '../../schema/values/jaeger-chart-jobs.schema.json' with { type: 'json' };
import jaegerChartStorage from '../../schema/values/jaeger-chart-storage.schema.json' with { type: 'json' };
import jaegerConfig from '../../schema/values/jaeger-config.schema.json' with { type: 'json' };
import jaegerDatabases from '../../schema/values/jaeger-databases.schema.json' with { type: 'json' };
import jaegerSearch from '../../schema/values/jaeger-search.schema.json' with { type: 'json' };
import k8sAttributes from '../../schema/values/k8s-attributes.schema.json' with { type: 'json' };
import kafka from '../../schema/values/kafka.schema.json' with { type: 'json' };
import kubernetes from '../../schema/values/kubernetes.schema.json' with { type: 'json' };
import kubernetesNetwork from '../../schema/values/kubernetes-network.schema.json' with { type: 'json' };
import kubernetesPod from '../../schema/values/kubernetes-pod.schema.json' with { type: 'json' };
import kubernetesVolumes from '../../schema/values/kubernetes-volumes.schema.json' with { type: 'json' };
import metrics from '../../schema/values/metrics.schema.json' with { type: 'json' };
import networkPolicy from '../../schema/values/network-policy.schema.json' with { type: 'json' };
import otelcolChart from '../../schema/values/otelcol-chart.schema.json' with { type: 'json' };
import otelcolChartConfig from '../../schema/values/otelcol-chart-config.schema.json' with { type: 'json' };
import otelcolChartConfigService from '../../schema/values/otelcol-chart-config-service.schema.json' with {
  type: 'json',
};
import otelcolChartNetwork from '../../schema/values/otelcol-chart-network.schema.json' with { type: 'json' };
import otelcolChartOperation from '../../schema/values/otelcol-chart-operation.schema.json' with {
  type: 'json',
};
import otelcolChartPod from '../../schema/values/otelcol-chart-pod.schema.json' with { type: 'json' };
import otelcolChartPresets from '../../schema/values/otelcol-chart-presets.schema.json' with { type: 'json' };
import otelcolConfig from '../../schema/values/otelcol-config.schema.json' with { type: 'json' };
import processors from '../../schema/values/processors.schema.json' with { type: 'json' };
import receivers from '../../schema/values/receivers.schema.json' with { type: 'json' };
import sampling from '../../schema/values/sampling.schema.json' with { type: 'json' };
import smallComponents from '../../schema/values/small-components.schema.json' with { type: 'json' };
import spacelift from '../../schema/values/spacelift.schema.json' with { type: 'json' };
import storage from '../../schema/values/storage.schema.json' with { type: 'json' };
import ui from '../../schema/values/ui.schema.json' with { type: 'json' };
import values from '../../schema/values/values.schema.json' with { type: 'json' };
import type { JsonObject } from '../text/json.ts';
import { bundleSchemas, type SchemaFiles } from './bundle-schemas.ts';
import { byComponentId } from './component-ids.ts';

const files = {
  'collector-components.schema.json': byComponentId(collectorComponents as unknown as JsonObject),
  'components.schema.json': components,
  'config-types.schema.json': configTypes,
  'extensions.schema.json': extensions,
  'images-config.schema.json': imagesConfig,
  'jaeger-chart.schema.json': jaegerChart,
  'jaeger-chart-deployment.schema.json': jaegerChartDeployment,
  'jaeger-chart-elasticsearch.schema.json': jaegerChartElasticsearch,
  'jaeger-chart-jobs.schema.json': jaegerChartJobs,
  'jaeger-chart-storage.schema.json': jaegerChartStorage,
  'jaeger-config.schema.json': jaegerConfig,
  'jaeger-databases.schema.json': jaegerDatabases,
  'jaeger-search.schema.json': jaegerSearch,
  'kafka.schema.json': kafka,
  'kafka-config.schema.json': kafkaConfig,
  'kubernetes.schema.json': kubernetes,
  'kubernetes-network.schema.json': kubernetesNetwork,
  'kubernetes-pod.schema.json': kubernetesPod,
  'kubernetes-volumes.schema.json': kubernetesVolumes,
  'metrics.schema.json': metrics,
  'metrics-config.schema.json': metricsConfig,
  'network-policy.schema.json': networkPolicy,
  'otelcol-chart.schema.json': otelcolChart,
  'otelcol-chart-config.schema.json': otelcolChartConfig,
  'otelcol-chart-config-service.schema.json': otelcolChartConfigService,
  'otelcol-chart-network.schema.json': otelcolChartNetwork,
  'otelcol-chart-operation.schema.json': otelcolChartOperation,
  'otelcol-chart-pod.schema.json': otelcolChartPod,
  'otelcol-chart-presets.schema.json': otelcolChartPresets,
  'otelcol-config.schema.json': otelcolConfig,
  'processors.schema.json': processors,
  'sampling.schema.json': sampling,
  'spacelift.schema.json': spacelift,
  'storage.schema.json': storage,
  'storage-config.schema.json': storageConfig,
  'attributes.schema.json': attributes,
  'authenticators.schema.json': authenticators,
  'connectors.schema.json': connectors,
  'k8s-attributes.schema.json': k8sAttributes,
  'receivers.schema.json': receivers,
  'small-components.schema.json': smallComponents,
  'ui.schema.json': ui,
  'ui-config.schema.json': uiConfig,
} as unknown as SchemaFiles;

/** Schema of the chart's values, self-contained, as written by hand: with `tsType`. */
export const valuesSchemaSource: JsonObject = bundleSchemas(values as unknown as JsonObject, files);

/**
 * Schema of the generator's configuration, self-contained, as written by hand. Only `npm run types` reads it: marked as
 * pure, so that no start of the CLI puts it together.
 */
export const configSchemaSource: JsonObject = /* @__PURE__ */ bundleSchemas(
  telemetryConfig as unknown as JsonObject,
  files,
);
