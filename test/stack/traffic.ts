import { afterEach, expect } from 'vitest';
import { output } from '../support/processes.ts';
import { type SpanLoad, senderEnv, sendSpans, spanCount } from '../support/spans.ts';
import { program } from './programs.ts';
import { type Stack, type StackOptions, startStack } from './stack.ts';

/** What starts stacks for one test: they are ended after the test, and speak when the test has failed. */
export function stackForEach(): (options?: StackOptions) => Promise<Stack> {
  const stacks: Stack[] = [];
  afterEach(async ({ task }) => {
    for (const stack of stacks.splice(0)) {
      if (task.result?.state === 'fail') console.error(stack.logs());
      await stack.end();
    }
  });
  return async (options) => {
    const stack = await startStack(options);
    stacks.push(stack);
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
