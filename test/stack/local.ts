import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RenderedProgram, RenderedStack } from './rendered.ts';

/** Secrets that somebody made in the cluster: by their names, with the text of each key. */
export type Secrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Paths that the two charts mount the configurations at. */
const MOUNTED = { jaeger: '/etc/jaeger/user-config.yaml', collector: '/conf/relay.yaml' };

/**
 * Arguments as the pod passes them, with the configuration and the files of Secrets in a folder of this machine.
 * @param folder where these files are written
 */
export async function localArgs(
  stack: RenderedStack,
  name: keyof RenderedStack,
  folder: string,
  secrets: Secrets = {},
) {
  const program = stack[name];
  let { config } = program;
  for (const { path, text } of program.files) {
    const local = join(folder, basename(path));
    await writeFile(local, text);
    config = config.replaceAll(path, local);
  }
  for (const { path, secret } of program.secretFolders) {
    const local = join(folder, secret);
    await mkdir(local, { recursive: true });
    for (const [key, text] of Object.entries(secrets[secret] ?? {})) await writeFile(join(local, key), text);
    config = config.replaceAll(path, local);
  }
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, config);
  const local = program.args.map((argument) => argument.replace(MOUNTED[name], file));
  if (!local.join(' ').includes(file))
    throw new Error(`${name} is not given ${MOUNTED[name]}: ${local.join(' ')}`);
  return local;
}

/** The environment as the pod has it, as far as it comes from Secrets; a key that misses is an error there too. */
export function localEnv(
  { secretEnv, secretEnvs }: RenderedProgram,
  secrets: Secrets = {},
  pod = 'pod-0',
): Record<string, string> {
  const pairs = secretEnv.map(({ variable, secret, key }) => {
    const text = secrets[secret]?.[key];
    if (text === undefined) throw new Error(`${variable} is the key ${key} of the Secret ${secret}: no such`);
    return [variable, text];
  });
  const whole = secretEnvs.flatMap(({ prefix, secret }) =>
    Object.entries(secrets[secret] ?? {}).map(([key, text]) => [`${prefix}${key}`, text]),
  );
  pairs.push(...whole);
  return { MY_POD_IP: '127.0.0.1', OTEL_K8S_POD_NAME: pod, ...Object.fromEntries(pairs) };
}
