import { build } from 'esbuild';
import { type SenderImages, SPACELIFT_SERVICES, spaceliftDeployment } from './cluster-objects.ts';

/** The Secret that all of Spacelift's services read. */
export const SHARED_SECRET = 'spacelift-shared';

/** Node, as the chart's hook has it; it plays Spacelift where no other image does. */
const NODE_IMAGE = 'gcr.io/distroless/nodejs24-debian13:nonroot';
const SCRIPT = 'spacelift-service';

/** Text of a Secret's keys. */
export type Settings = Readonly<Record<string, string>>;

/** The Secret as Terraform's module writes it, each time it is applied. */
export function sharedSecret(namespace: string, settings: Settings, name = SHARED_SECRET): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: settings };
}

/** The same, as an owner writes it who applies on the server's side. */
export function encodedSecret(namespace: string, settings: Settings, name = SHARED_SECRET): object {
  const data = Object.entries(settings).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data: Object.fromEntries(data) };
}

/** Spacelift's Deployments, whose pods read the Secret at their start and only then. */
export async function services(
  namespace: string,
  { spacelift: image }: SenderImages,
  secrets: readonly string[] = [SHARED_SECRET],
  names: readonly string[] = SPACELIFT_SERVICES,
): Promise<object[]> {
  const envFrom = secrets.map((name) => ({ secretRef: { name, optional: true } }));
  const deployments = names.map((name) => {
    const played = image ? { image, args: [name] } : { image: NODE_IMAGE, ...inNode(name) };
    const volumes = image ? [] : [{ name: SCRIPT, configMap: { name: SCRIPT } }];
    return spaceliftDeployment(namespace, name, { envFrom, ...played }, volumes);
  });
  return image ? deployments : [await script(namespace), ...deployments];
}

function inNode(service: string): object {
  const mountPath = '/opt/spacelift';
  return {
    args: [`${mountPath}/${SCRIPT}.mjs`, service],
    volumeMounts: [{ name: SCRIPT, mountPath, readOnly: true }],
  };
}

async function script(namespace: string): Promise<object> {
  const { outputFiles } = await build({
    entryPoints: [`test/support/${SCRIPT}.ts`],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    write: false,
    logLevel: 'warning',
  });
  const text = outputFiles.map((file) => file.text).join('');
  const metadata = { name: SCRIPT, namespace };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [`${SCRIPT}.mjs`]: text } };
}
