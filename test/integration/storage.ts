import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { model } from '../../generator/model.ts';
import type { Stack } from '../stack/stack.ts';
import { expectAll, send } from '../stack/traffic.ts';
import { spanCount } from '../support/spans.ts';

/** Somebody's user and password; the password has what means something in Jaeger's configuration. */
export const login = { username: 'jaeger', password: 'pa$$word$' + '{env:HOME}' };

/** The Secret that every storage preset names, as somebody would make it. */
export const secretOfStorage = (keys: Readonly<Record<string, string>> = login) => ({
  [model.secrets.storage.name]: keys,
});

/** A load like Spacelift's, under a name that no earlier run has used: a server may have been running before. */
export const freshLoad = (service: string) => ({
  service: `${service}-${randomUUID().slice(0, 8)}`,
  traces: 40,
  childSpans: 4,
});

/** Spans go in, are found, and are found again by a Jaeger that knows nothing but the storage. */
export async function expectKept(stack: Stack, service = 'spacelift-server'): Promise<void> {
  const load = freshLoad(service);
  await send(stack, load);
  await expectAll(stack, load);
  await stack.endJaeger('SIGTERM');
  await stack.startJaeger();
  expect(await stack.jaeger.countSpans(load.service)).toBe(spanCount(load));
  expect(await stack.jaeger.services()).toContain(load.service);
}
