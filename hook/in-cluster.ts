import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { kubernetes } from './kubernetes.ts';
import type { World } from './world.ts';

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** How long a connection to the collector may take to be accepted. */
const CONNECT_MS = 2_000;

/** The world of a pod: the cluster's API server, and the machine's own clock. */
export function inCluster(env: Environment, say: (line: string) => void, timeoutSeconds: number): World {
  const { now } = Date;
  return {
    now,
    say,
    accepts,
    deadline: now() + timeoutSeconds * 1000,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    id: () => randomBytes(8).toString('hex'),
    api: kubernetes({ url: apiServer(env), token, fetch, now }),
  };
}

/** The address that every pod is told; without it the name that every cluster has. */
function apiServer(env: Environment): string {
  const given = env['KUBERNETES_API'];
  if (given) return given.replace(/\/$/, '');
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'] ?? '443';
  if (!host) return 'https://kubernetes.default.svc';
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Nothing where there is no token: the API server then says what that means. */
async function token(): Promise<string | undefined> {
  return readFile(TOKEN, 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_MS });
    const end = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
