import { expect } from 'vitest';
import { ENDPOINT, MANAGER, VENDOR } from '../../hook/names.ts';
import { kubectl } from '../support/cluster.ts';
import type { Outcome } from '../support/helm.ts';
import { Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { images } from './settings.ts';
import type { Stage } from './stage.ts';

/** Spacelift on a stage, switched off as Terraform leaves it. */
export async function startSpacelift(stage: Stage): Promise<Spacelift> {
  const spacelift = new Spacelift(stage.spacelift, images);
  await spacelift.applySecret();
  await spacelift.start();
  return spacelift;
}

/** The Secret points at the collector, nothing else of it has changed, and it is its owner's alone. */
export async function expectConnected(stage: Stage, spacelift: Spacelift, name?: string): Promise<void> {
  const { values, managers } = await spacelift.secret(name);
  expect(values).toEqual({ ...TERRAFORM, [VENDOR]: 'OpenTelemetry', [ENDPOINT]: stage.endpoint });
  expect(managers).not.toContain(MANAGER);
}

/** The Secret is as it was before us, but for the note that an uninstall leaves. */
export async function expectDisconnected(spacelift: Spacelift, name?: string): Promise<void> {
  const { values, managers, annotations } = await spacelift.secret(name);
  expect(values).toEqual(TERRAFORM);
  expect(managers).not.toContain(MANAGER);
  const ours = Object.keys(annotations).filter((key) => key.startsWith(`${MANAGER}/`));
  expect(ours).toEqual([`${MANAGER}/disconnected`]);
}

/** New spans of a service arrive. */
export async function expectTraces(stage: Stage, service: string): Promise<void> {
  const count = () => stage.jaeger.countSpans(service);
  const before = await count();
  await expect.poll(count, { timeout: 120_000, interval: 250 }).toBeGreaterThan(before);
}

/** Says what Helm said when it ended otherwise than it should. */
export function expectCode({ code, stdout, stderr }: Outcome, wanted: 'zero' | 'not zero'): void {
  expect(code === 0 ? 'zero' : 'not zero', stdout + stderr).toBe(wanted);
}

/** Runs the CronJob's Job now, without waiting for it. */
export async function startReconcile(stage: Stage, job: string): Promise<void> {
  const from = `--from=cronjob/${MANAGER}-reconcile`;
  await kubectl(['create', 'job', job, from, '--namespace', stage.monitoring]);
}

/**
 * Runs the CronJob's Job to its end, which must be a good one.
 *
 * @returns the last line of its log
 */
export async function reconcile(stage: Stage, job: string): Promise<string> {
  await startReconcile(stage, job);
  const wait = ['wait', '--for=condition=complete', `job/${job}`, '--timeout=4m'];
  await kubectl([...wait, '--namespace', stage.monitoring]);
  return lastLine(await kubectl(['logs', `job/${job}`, '--namespace', stage.monitoring]));
}

/** The last line of a log: the hook's own sentence on how it ended. */
export const lastLine = (log: string) => log.trim().split('\n').at(-1) ?? '';
