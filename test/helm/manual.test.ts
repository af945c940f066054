import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { undoCommands } from '../../hook/commands.ts';
import { settings } from '../hook/stage.ts';
import { type RenderableChart, renderableChart, temporaryFolder } from '../support/chart.ts';
import { chosenHelms, template } from '../support/helm.ts';

const [version = '4.3'] = chosenHelms().toReversed();
const folder = temporaryFolder();
const ENDPOINT = 'http://spacelift-telemetry-collector.monitoring.svc.cluster.local:4317';
const base64 = (text: string) => Buffer.from(text).toString('base64');
let chart: RenderableChart;
beforeAll(async () => {
  chart = await renderableChart();
});

/** The scripts as they stand in the ConfigMap. */
async function scripts(...set: string[]): Promise<Record<string, string>> {
  const { objects } = await template(version, chart.folder, {
    values: ['chart/presets/manual.yaml'],
    set,
    namespace: 'monitoring',
  });
  const found = objects.find(({ metadata }) => metadata.name === 'spacelift-telemetry-manual');
  return found?.['data'] as Record<string, string>;
}

/** A kubectl that notes what it is asked, knows a Secret's two values and no scheduler, and patches nothing. */
const KUBECTL = `#!/bin/sh
echo "$*" >> "$FOLDER/log"
case "$*" in 'get '*) if [ -n "\${CLOSED:-}" ]; then exit 1; fi ;; esac
case "$*" in
  'get secret other '*VENDOR*) printf QVdT ;; # AWS
  *jsonpath=*VENDOR*) cat "$FOLDER/vendor" ;;
  *jsonpath=*ENDPOINT*) cat "$FOLDER/endpoint" ;;
  'get deployment spacelift-scheduler '*) ;;
  'get deployment '*) echo "deployment.apps/$3" ;;
esac
`;

/** Runs a script of a Secret that holds these values. */
function run(script: string | undefined, vendor: string, endpoint: string, env: object = {}) {
  const here = join(folder, 'bin');
  mkdirSync(here, { recursive: true });
  writeFileSync(join(here, 'kubectl'), KUBECTL, { mode: 0o755 });
  writeFileSync(join(here, 'log'), '');
  writeFileSync(join(here, 'vendor'), base64(vendor));
  writeFileSync(join(here, 'endpoint'), base64(endpoint));
  const PATH = `${here}:${process.env['PATH']}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-s'], {
    input: script ?? 'exit 99',
    env: { PATH, FOLDER: here, ...env },
    encoding: 'utf8',
  });
  const calls = readFileSync(join(here, 'log'), 'utf8').trim().split('\n');
  return { status, text: stdout + stderr, writes: calls.filter((call) => !call.startsWith('get ')) };
}

const restarts = ['spacelift-drain', 'spacelift-vcs-gateway', 'spacelift-server'].flatMap((name) => [
  `rollout restart deployment/${name} --namespace spacelift`,
  `rollout status deployment/${name} --namespace spacelift --timeout 10m`,
]);
const connectPatch = `patch secret spacelift-shared --namespace spacelift --type merge --patch {"stringData":{"OBSERVABILITY_VENDOR":"OpenTelemetry","OTEL_EXPORTER_OTLP_ENDPOINT":"${ENDPOINT}"}}`;

describe('the scripts of manual mode', () => {
  test.each([
    ['', ''],
    ['Disabled', ''],
    ['Disabled', ENDPOINT],
  ])('connect what holds %j and %j, and restart what is there, the server last', async (vendor, endpoint) => {
    const { 'connect.sh': connect } = await scripts();
    const { status, writes } = run(connect, vendor, endpoint);
    expect([status, writes]).toEqual([0, [connectPatch, ...restarts]]);
  });

  test('do nothing where it is connected, unless a restart is asked for', async () => {
    const { 'connect.sh': connect } = await scripts();
    expect(run(connect, 'OpenTelemetry', ENDPOINT)).toMatchObject({ status: 0, writes: [] });
    expect(run(connect, 'OpenTelemetry', ENDPOINT, { RESTART: 'yes' }).writes).toEqual(restarts);
  });

  test("leave another vendor's telemetry alone, and say no value", async () => {
    const { 'connect.sh': connect } = await scripts();
    for (const [vendor, endpoint] of [
      ['Datadog', ''],
      ['OpenTelemetry', 'http://hunter2:4317'],
    ] as const) {
      const { status, text, writes } = run(connect, vendor, endpoint);
      expect([status, writes]).toEqual([1, []]);
      expect(text).toContain('already sends telemetry elsewhere');
      expect(text).not.toMatch(/Datadog|hunter2/);
    }
  });

  test('write no Secret before all have been looked at', async () => {
    const { 'connect.sh': connect } = await scripts('spacelift.secrets={a,other}');
    expect(run(connect, '', '')).toMatchObject({ status: 1, writes: [] });
  });

  test('write nothing where they may not read', async () => {
    for (const script of Object.values(await scripts())) {
      expect(run(script, '', '', { CLOSED: 'yes' })).toMatchObject({ status: 1, writes: [] });
    }
  });

  test('disconnect as the hook tells to by hand, and only what is ours', async () => {
    const { 'disconnect.sh': disconnect } = await scripts();
    const { status, writes } = run(disconnect, 'OpenTelemetry', ENDPOINT);
    const patch = (command: string) => JSON.parse(/--patch '?(\{.*\})'?$/.exec(command)?.[1] ?? '');
    const [byHand = ''] = undoCommands(settings, [{ name: 'spacelift-shared', vendor: 'Disabled' }]);
    expect([status, writes.slice(1)]).toEqual([0, restarts]);
    expect(patch(writes[0] ?? '')).toEqual(patch(byHand));
    expect(run(disconnect, 'OpenTelemetry', 'http://tempo:4317')).toMatchObject({ status: 0, writes: [] });
  });

  test('bear the names of the values, and leave restarts to those who want that', async () => {
    const set = [
      'spacelift.namespace=elsewhere',
      'spacelift.secrets={a,b}',
      'spacelift.connect.restart=never',
    ];
    const { 'connect.sh': connect, 'disconnect.sh': disconnect } = await scripts(...set);
    const { writes, text } = run(connect, '', '');
    expect(writes.map((call) => call.slice(0, 'patch secret a --namespace elsewhere'.length))).toEqual([
      'patch secret a --namespace elsewhere',
      'patch secret b --namespace elsewhere',
    ]);
    expect(text).toContain('Not restarted, since spacelift.connect.restart is never.');
    for (const script of [connect, disconnect]) execFileSync('sh', ['-n'], { input: script ?? '' });
  });
});
