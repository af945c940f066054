import type { ObjectRef } from '../../hook/api-objects.ts';
import { connect } from '../../hook/connect-run.ts';
import { disconnect } from '../../hook/disconnect-run.ts';
import { kubernetes } from '../../hook/kubernetes.ts';
import type { ConnectRun, Settings } from '../../hook/settings.ts';
import type { Ending, World } from '../../hook/world.ts';
import { FakeApi } from './fake-api.ts';
import { memoryFetch } from './fake-fetch.ts';
import { deployment, NAMESPACE, secret } from './fake-objects.ts';

export const OURS = 'http://spacelift-telemetry-collector.monitoring.svc.cluster.local:4317';
export const DEPLOYMENTS = [
  'spacelift-server',
  'spacelift-drain',
  'spacelift-scheduler',
  'spacelift-vcs-gateway',
];

export const settings: Settings = {
  release: { name: 'st', namespace: 'monitoring', revision: 3 },
  endpoint: OURS,
  service: 'spacelift-telemetry-collector',
  spacelift: { namespace: NAMESPACE, secrets: ['spacelift-shared'], deployments: DEPLOYMENTS },
  connect: {
    timeoutSeconds: 240,
    takeOver: false,
    existingVendor: 'refuse',
    managedSecret: 'refuse',
    onDisconnectFailure: 'warn',
    onRolloutFailure: 'warn',
    restart: 'onChange',
    restartDelaySeconds: 0,
  },
  collector: undefined,
  role: undefined,
};

/** Settings with other choices about connecting. */
export const choosing = (choice: Partial<Settings['connect']>): Settings => ({
  ...settings,
  connect: { ...settings.connect, ...choice },
});

/** Spacelift as Terraform makes it: two Deployments of the four, and telemetry off. */
export const spacelift = (values: Record<string, string> = { OBSERVABILITY_VENDOR: 'Disabled' }) =>
  new FakeApi(
    secret('spacelift-shared', values),
    deployment('spacelift-server'),
    deployment('spacelift-drain'),
  );

/** The values of a Secret that is connected. */
export const connected = { OBSERVABILITY_VENDOR: 'OpenTelemetry', OTEL_EXPORTER_OTLP_ENDPOINT: OURS };

/** Each Deployment restarted once. */
export const once = { 'spacelift-server': 1, 'spacelift-drain': 1 };

/** How often each Deployment was restarted. */
export const restartsOf = (api: FakeApi) => Object.fromEntries(api.restarts);

/** What a test may choose of a run's world. */
export interface Choice {
  fetch?: typeof fetch;
  /** Whether the collector accepts connections. */
  collector?: () => boolean;
  url?: string;
  /** The Job that connect runs in. */
  job?: ObjectRef;
  callMs?: number;
}

let words = 0;

/** A world around the fake, in which waiting takes no time but the clock goes on. */
export function worldOf(
  api: FakeApi,
  { fetch, collector, url, callMs }: Choice = {},
): World & { log: string[] } {
  const log: string[] = [];
  const now = () => api.now;
  return {
    log,
    now,
    deadline: api.now + settings.connect.timeoutSeconds * 1000,
    say: (line) => log.push(line),
    id: () => `word${++words}`,
    accepts: async () => collector?.() ?? true,
    wait: async (ms) => {
      api.now += ms;
    },
    api: kubernetes({
      url: url ?? 'http://api',
      token: async () => 'token',
      fetch: fetch ?? memoryFetch(api),
      now,
      ...(callMs !== undefined && { callMs }),
    }),
  };
}

/** A run's ending with all that it said: the last line is the sentence. */
export type Said = Ending & { log: string[] };

export async function runConnect(
  api: FakeApi,
  run: ConnectRun = 'install',
  chosen: Settings = settings,
  choice: Choice = {},
): Promise<Said> {
  const world = worldOf(api, choice);
  const ending = await connect(world, chosen, run, choice.job);
  return { ...ending, log: [...world.log, ending.sentence] };
}

export async function runDisconnect(
  api: FakeApi,
  chosen: Settings = settings,
  choice: Choice & { targets?: string[]; uninstall?: boolean } = {},
): Promise<Said> {
  const world = worldOf(api, choice);
  const { targets = [...chosen.spacelift.secrets], uninstall = true } = choice;
  const ending = await disconnect(world, chosen, targets, uninstall);
  return { ...ending, log: [...world.log, ending.sentence] };
}
