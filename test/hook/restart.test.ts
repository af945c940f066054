import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../hook/api-objects.ts';
import { type Marker, markerOf, stepFor, withMarkers, withoutSecrets } from '../../hook/markers.ts';
import { progressOf, rolloutOf } from '../../hook/rollout.ts';
import { deploymentState } from './deployment-state.ts';
import { EPOCH } from './fake-objects.ts';

describe('markers', () => {
  const markers = (entries: Record<string, Partial<Marker>>) =>
    new Map(Object.entries(entries).map(([name, marker]) => [name, { word: 'w', time: EPOCH, ...marker }]));

  test.each([
    ['bears it', 'a=w', EPOCH - 1, 'nothing'],
    ['bears another', 'a=v', EPOCH - 1, 'restart'],
    ['bears none', undefined, EPOCH - 1, 'restart'],
    ['is as old as it', undefined, EPOCH, 'restart'],
    ['is younger', 'a=v', EPOCH + 1, 'note'],
  ])('a Deployment that %s', (_, marker, created, step) => {
    expect(stepFor(deploymentState({ marker, created }), markers({ a: {} }))).toBe(step);
  });

  test('of several Secrets: one that is not borne is enough, and so is one that it may not have read', () => {
    const two = markers({ a: {}, b: { time: EPOCH + 10 } });
    expect(stepFor(deploymentState({ marker: 'a=w,b=w' }), two)).toBe('nothing');
    expect(stepFor(deploymentState({ marker: 'a=w,b=v' }), two)).toBe('restart');
    expect(stepFor(deploymentState({ created: EPOCH + 5 }), two)).toBe('restart');
    expect(stepFor(deploymentState({ created: EPOCH + 20 }), two)).toBe('note');
  });

  test('without a time that can be read leave no doubt', () => {
    expect(
      markerOf({ 'spacelift-telemetry/marker': 'w', 'spacelift-telemetry/marker-time': 'noon' })?.time,
    ).toBeUndefined();
    expect(stepFor(deploymentState({ created: EPOCH + 20 }), markers({ a: { time: undefined } }))).toBe(
      'restart',
    );
  });

  test('are added to and taken from a note in one order', () => {
    expect(withMarkers('b=1,c=2', markers({ c: {}, a: {} }))).toBe('a=w,b=1,c=w');
    expect(withoutSecrets('a=w,b=1', ['a'])).toBe('b=1');
    expect(withoutSecrets('a=w', ['a'])).toBeNull();
  });
});

test.each([
  ['done', { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 }],
  ['running', { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2 }],
  ['running', { observedGeneration: 2, replicas: 2, updatedReplicas: 1, availableReplicas: 2 }],
  ['running', { observedGeneration: 2, replicas: 3, updatedReplicas: 2, availableReplicas: 2 }],
  ['running', { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 1 }],
  ['running', {}],
  [
    'failing',
    { observedGeneration: 2, conditions: [{ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }] },
  ],
] as [string, NonNullable<KubernetesObject['status']>][])('a rollout is %s', (rollout, status) => {
  const metadata = { uid: '', resourceVersion: '', creationTimestamp: '', generation: 2 };
  expect(rolloutOf({ metadata, spec: { replicas: 2 }, status })).toBe(rollout);
  expect(rolloutOf({ metadata, spec: { paused: true }, status })).toBe('paused');
});

describe('how far a rollout is', () => {
  const metadata = { uid: '', resourceVersion: '', creationTimestamp: '', generation: 2 };
  const progress = (status: KubernetesObject['status']) =>
    progressOf({ metadata, spec: { replicas: 1 }, status: { observedGeneration: 2, ...status } });

  test('does not let the old pod pass for the new one', () => {
    const stuck = { replicas: 2, updatedReplicas: 1, availableReplicas: 1 };
    expect(progress(stuck)).toBe('1 of 1 new pods made, 1 old left, 1 available in all');
    expect(progress({ ...stuck, replicas: 1, availableReplicas: 0 })).toBe(
      '1 of 1 new pods made, 0 of them available',
    );
  });

  test('tells why there are no more pods', () => {
    const full = { type: 'ReplicaFailure', status: 'True', message: 'exceeded  quota: full' };
    expect(progress({ replicas: 1, availableReplicas: 1, conditions: [full] })).toBe(
      '0 of 1 new pods made, 1 old left, 1 available in all, and Kubernetes makes no more (exceeded quota: full)',
    );
  });

  test('tells no count of an earlier specification', () => {
    const before = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
    expect(progress(before)).toBe('Kubernetes has not begun it');
  });
});
