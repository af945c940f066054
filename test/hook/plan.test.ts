import { describe, expect, test } from 'vitest';
import { markerAnnotations } from '../../hook/markers.ts';
import { planConnect } from '../../hook/plan-connect.ts';
import { planDisconnect, targetsLeft } from '../../hook/plan-disconnect.ts';
import { type DeploymentState, type SecretState, secretState } from '../../hook/state.ts';
import { deploymentState } from './deployment-state.ts';
import { base64, EPOCH } from './fake-objects.ts';
import { OURS, settings } from './stage.ts';

const secret = (over: Partial<SecretState> = {}): SecretState => ({
  name: 'spacelift-shared',
  uid: 'uid',
  resourceVersion: '7',
  immutable: false,
  annotations: {},
  data: {},
  keeper: undefined,
  appliedBy: {},
  owned: false,
  ...over,
});

const plan = (state: SecretState, drain: DeploymentState | undefined, cleared: string[] = []) =>
  planConnect(new Map([[state.name, state]]), new Map([['spacelift-drain', drain]]), {
    settings,
    word: 'fresh',
    now: EPOCH,
    cleared: new Set(cleared),
    run: 'upgrade',
  });

const annotated = {
  'spacelift-telemetry/owner': 'monitoring/st',
  'spacelift-telemetry/endpoint': OURS,
  'spacelift-telemetry/previous': '{"OBSERVABILITY_VENDOR":null,"OTEL_EXPORTER_OTLP_ENDPOINT":null}',
};
const data = { OBSERVABILITY_VENDOR: base64('OpenTelemetry'), OTEL_EXPORTER_OTLP_ENDPOINT: base64(OURS) };

describe('the plan to connect, as data', () => {
  test('of a Secret that is not connected', () => {
    expect(plan(secret(), deploymentState())).toEqual({
      kind: 'go',
      secrets: [
        {
          state: secret(),
          change: {
            data,
            annotations: {
              ...annotated,
              'spacelift-telemetry/marker': 'fresh',
              'spacelift-telemetry/marker-time': '2026-11-23T10:02:00.000Z',
            },
          },
        },
      ],
      markers: new Map([['spacelift-shared', { word: 'fresh', time: EPOCH + 120_000 }]]),
      deployments: [{ state: deploymentState(), step: 'restart' }],
      missing: [],
      notes: [],
    });
  });

  test('of one that is connected is empty, whatever the words', () => {
    const annotations = { ...annotated, ...markerAnnotations('old', EPOCH) };
    const done = plan(secret({ data, annotations }), deploymentState({ marker: 'spacelift-shared=old' }));
    expect(done).toMatchObject({
      secrets: [{ change: { data: {}, annotations: {} } }],
      deployments: [{ step: 'nothing' }],
    });
  });

  test('stops at a tombstone, but for one that this run may clear', () => {
    const state = secret({ annotations: { 'spacelift-telemetry/disconnected': 'monitoring/st a' } });
    expect(plan(state, deploymentState())).toEqual({ kind: 'stop', secret: 'spacelift-shared' });
    expect(plan(state, deploymentState(), ['monitoring/st b'])).toMatchObject({ kind: 'stop' });
    const cleared = plan(state, deploymentState(), ['monitoring/st a']);
    expect(cleared).toMatchObject({
      secrets: [{ change: { annotations: { 'spacelift-telemetry/disconnected': null } } }],
    });
  });

  test('refuses with every problem at once', () => {
    const owner = { 'spacelift-telemetry/owner': 'other/release' };
    const state = secret({
      annotations: owner,
      immutable: true,
      data: { OBSERVABILITY_VENDOR: base64('AWS') },
    });
    const refused = plan(state, undefined);
    expect(refused.kind === 'refuse' && refused.problems.map(({ object }) => object.kind)).toEqual([
      'Secret',
      'Secret',
      'Secret',
      'Deployment',
    ]);
  });
});

describe('the plan to disconnect, as data', () => {
  const context = { settings, uninstall: true, word: 'fresh', now: EPOCH };

  test('of each kind of Secret', () => {
    expect(planDisconnect(undefined, context)).toEqual({ kind: 'missing' });
    const foreign = secret({ annotations: { 'spacelift-telemetry/owner': 'a/b' } });
    expect(planDisconnect(foreign, context)).toEqual({ kind: 'foreign', owner: 'a/b' });
    expect(planDisconnect(secret(), context)).toMatchObject({
      kind: 'unowned',
      tombstone: 'monitoring/st fresh 2026-11-23T10:00:00.000Z',
    });
    expect(planDisconnect(secret(), { ...context, uninstall: false })).toMatchObject({
      tombstone: undefined,
    });
    const buried = { 'spacelift-telemetry/disconnected': 'monitoring/st old' };
    expect(planDisconnect(secret({ annotations: buried }), context)).toMatchObject({ kind: 'finished' });
    const ours = planDisconnect(secret({ data, annotations: { ...annotated, ...buried } }), context);
    expect(ours).toMatchObject({
      kind: 'ours',
      tombstone: undefined,
      change: { data: { OBSERVABILITY_VENDOR: null, OTEL_EXPORTER_OTLP_ENDPOINT: null } },
      kept: [],
    });
  });

  test('of one whose values are back already changes nothing, and takes no value for changed by hand', () => {
    const annotations = { 'spacelift-telemetry/owner': 'monitoring/st', ...markerAnnotations('new', EPOCH) };
    const state = secret({ annotations, data: { OBSERVABILITY_VENDOR: base64('Datadog') } });
    expect(planDisconnect(state, context)).toMatchObject({ change: { data: {}, annotations: {} }, kept: [] });
  });

  test('of a move has the Secrets that are left behind', () => {
    expect(targetsLeft(settings, { namespace: 'spacelift', secrets: ['spacelift-shared', 'b'] })).toEqual([]);
    expect(targetsLeft(settings, { namespace: 'spacelift', secrets: ['b'] })).toEqual(['spacelift-shared']);
    expect(targetsLeft(settings, { namespace: 'other', secrets: ['spacelift-shared'] })).toHaveLength(1);
    expect(targetsLeft(settings, { namespace: '', secrets: [] })).toHaveLength(1);
  });
});

test('a Secret is read no further than the two keys', () => {
  const object = {
    metadata: { uid: 'u', resourceVersion: '1', creationTimestamp: '' },
    data: { DATABASE_URL: 'eA==', ...data },
  };
  expect(JSON.stringify(secretState('s', object))).not.toContain('DATABASE_URL');
  expect(secretState('s', object).data).toEqual(data);
});
