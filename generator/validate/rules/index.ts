import { ingressHosts, jaegerReplicas, queryAuthenticator } from './access.ts';
import { badgerClaim, badgerVolume } from './badger.ts';
import { clickhouseGate } from './clickhouse-gate.ts';
import { collectorService } from './collector-service.ts';
import { connectorEnds } from './connector-ends.ts';
import { constantNames } from './constant-names.ts';
import { deadNames } from './dead-names.ts';
import { collectorDistribution } from './distribution.ts';
import { definedExtensions, startedExtensions } from './extensions.ts';
import { indexJobs, indexJobsPrefix, indexJobsServer, rolloverAliases } from './index-jobs.ts';
import { jaegerAddress } from './jaeger-address.ts';
import { jaegerVersion } from './jaeger-version.ts';
import { kafkaPauses } from './kafka-pauses.ts';
import { pipelineComponents } from './pipeline-components.ts';
import { pipelineEnds } from './pipeline-ends.ts';
import { collectorPorts, jaegerPorts } from './ports.ts';
import { queueExtension, queueUse, queueVolume } from './queue.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { restartWindow, spaceliftEndpoint, spaceliftTargets } from './spacelift.ts';
import { spanMetricsBackend } from './span-metrics.ts';
import { storageLogin } from './storage-login.ts';
import { storagePointers } from './storage-pointers.ts';
import { storageServers } from './storage-servers.ts';
import { unusedComponents } from './unused-components.ts';

/** The validations of the chart that need neither a cluster nor a release, with the same verdict and words. */
export const chartRules: readonly Rule[] = [
  constantNames,
  badgerVolume,
  badgerClaim,
  storageServers,
  storageLogin,
  clickhouseGate,
  storagePointers,
  indexJobs,
  indexJobsServer,
  indexJobsPrefix,
  rolloverAliases,
  queueVolume,
  queueExtension,
  queueUse,
  jaegerVersion,
  jaegerReplicas,
  queryAuthenticator,
  ingressHosts,
  spaceliftTargets,
  spaceliftEndpoint,
  restartWindow,
  spanMetricsBackend,
  collectorDistribution,
  pipelineComponents,
  pipelineEnds,
  connectorEnds,
  kafkaPauses,
  definedExtensions,
  jaegerPorts,
  collectorPorts,
  collectorService,
];

/** What Helm takes: names that only the cluster or the network has, and what does nothing. */
const ownRules: readonly Rule[] = [jaegerAddress, deadNames, startedExtensions, unusedComponents];

/** What the schema cannot say of complete values. */
export function contradictions(subject: Subject): Finding[] {
  const findings = [...chartRules, ...ownRules].flatMap((rule) => rule(subject));
  // Two rules may see one mistake from two sides; what mends it is the same.
  const pastes = findings.map(({ yaml }) => yaml);
  return findings.filter(({ yaml }, index) => yaml === undefined || pastes.indexOf(yaml) === index);
}
