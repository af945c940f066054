import type { ConnectionTlsConfig } from '../../../schema/types/telemetry-config.ts';
import type { EnvVar, TlsClient } from '../../../schema/types/values.ts';
import type { Model } from '../../model.ts';
import { credentialsFile } from '../../values/credentials.ts';
import { fromEnv } from '../../values/environment.ts';
import type { PodNeeds } from './pod.ts';

/** How a storage is logged in to: of the configuration, the same for each of them. */
export interface Login {
  readonly existingSecret?: string;
  readonly tls?: ConnectionTlsConfig;
}

/** Keys of the Secret. */
const USERNAME = 'username';
const PASSWORD = 'password';

/** The same, as Jaeger's configuration reads them from its environment. */
export const username = fromEnv('STORAGE_USERNAME');
export const password = fromEnv('STORAGE_PASSWORD');

/** The password as a file in Jaeger's pod, for a storage that reads it from one. */
export const passwordFile = ({ secrets }: Model) => credentialsFile(secrets.storage, PASSWORD);

/**
 * Environment variables with user and password. A Secret or a key that misses keeps the container from starting, and
 * Kubernetes says which it is.
 *
 * @param prefix what the program calls them by: `STORAGE` for Jaeger, `ES` for the jobs of its chart
 */
export function loginEnv(prefix: string, { existingSecret }: Login): EnvVar[] {
  if (!existingSecret) return [];
  const variable = (name: string, key: string): EnvVar => ({
    name: `${prefix}_${name}`,
    valueFrom: { secretKeyRef: { name: existingSecret, key } },
  });
  return [variable('USERNAME', USERNAME), variable('PASSWORD', PASSWORD)];
}

/**
 * The Secret in Jaeger's pod: as environment, and all of it as files, since certificates are files and a password
 * that is read from one may change without a restart.
 */
export function loginOfPod(login: Login, model: Model): Pick<PodNeeds, 'env' | 'volumes' | 'mounts'> {
  return { env: loginEnv('STORAGE', login), ...filesOfPod(login, model) };
}

/** The Secret as files alone, for a storage that knows a client by its certificate. */
export function filesOfPod(
  { existingSecret }: Login,
  { secrets }: Model,
): Pick<PodNeeds, 'volumes' | 'mounts'> {
  if (!existingSecret) return {};
  return {
    volumes: [{ name: 'storage-credentials', secret: { secretName: existingSecret } }],
    mounts: [{ name: 'storage-credentials', mountPath: secrets.storage.mountPath, readOnly: true }],
  };
}

/** Paths of the certificates, as Jaeger's configuration names them. */
export function certificates({ tls = {} }: Login, { secrets }: Model): TlsClient {
  const file = (key: string) => credentialsFile(secrets.storage, key);
  return {
    ...(tls.caKey && { ca_file: file(tls.caKey) }),
    ...(tls.certKey && { cert_file: file(tls.certKey) }),
    ...(tls.keyKey && { key_file: file(tls.keyKey) }),
  };
}

/** TLS of a storage that has it on unless it is told otherwise. */
export function connectionTls(login: Login, model: Model): TlsClient {
  const { tls = {} } = login;
  if (!tls.enabled) return { insecure: true };
  return { insecure: false, insecure_skip_verify: tls.skipVerify ?? false, ...certificates(login, model) };
}
