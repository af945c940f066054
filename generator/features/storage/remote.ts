import type { RemoteStorageConfig } from '../../../schema/types/telemetry-config.ts';
import type { Values } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { connectionTls, filesOfPod } from './credentials.ts';
import { backend, pod } from './pod.ts';
import { noSearchJobs } from './search-jobs.ts';

/** Traces in any server that speaks version 2 of Jaeger's storage API. What it keeps, and how long, is its own. */
export function remote(section: RemoteStorageConfig, model: Model): Values {
  const { endpoint, writeEndpoint, maxAnswerMiB, timeout = '5s' } = section;
  const tls = connectionTls(section, model);
  return {
    presets: { storage: 'grpc' },
    jaeger: {
      jaeger: pod({ memory: ['256Mi', '1Gi'], ...filesOfPod(section, model) }, model),
      userconfig: backend('grpc', {
        ...(endpoint && { endpoint }),
        tls,
        timeout,
        ...(writeEndpoint && { writer: { endpoint: writeEndpoint, tls } }),
        ...(maxAnswerMiB !== undefined && { max_recv_msg_size_mib: maxAnswerMiB }),
      }),
      ...noSearchJobs(),
    },
  };
}
