import { afterEach, expect } from 'vitest';
import { output } from '../support/processes.ts';
import { type SpanLoad, senderEnv, sendSpans, spanCount } from '../support/spans.ts';
import { program } from './programs.ts';
import { type Stack, type StackOptions, startStack } from './stack.ts';

/** What starts a stack for one test: it is ended after the test, and speaks when the test has failed. */
export function stackForEach(): (options?: StackOptions) => Promise<Stack> {
  let stack: Stack | undefined;
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(stack?.logs());
    await stack?.end();
    stack = undefined;
  });
  return async (options) => {
    stack = await startStack(options);
    return stack;
  };
}

/** Sends a load, and returns when the collector has taken all of it. */
export function send({ endpoint }: Stack, load: SpanLoad): Promise<string> {
  return output(program('telemetrygen'), sendSpans(endpoint, load), { env: senderEnv(load) });
}

/** Polls until Jaeger has the whole load. */
export async function expectAll({ jaeger }: Stack, load: SpanLoad): Promise<void> {
  const count = () => jaeger.countSpans(load.service);
  await expect.poll(count, { timeout: 60_000, interval: 500 }).toBe(spanCount(load));
}
