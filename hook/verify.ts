/**
 * Proves the path of a span, for `helm test`: in at the collector, found in Jaeger.
 *
 * Environment: COLLECTOR is `HOST:PORT`, JAEGER the URL of Jaeger's query, JAEGER_OTLP
 * where it takes spans, JAEGER_USERNAME and JAEGER_PASSWORD
 * its login where it asks for one, TIMEOUT_SECONDS the time for all of it.
 */
import { randomBytes } from 'node:crypto';
import { call } from './grpc.ts';
import { loginOf } from './jaeger-api.ts';
import { runProgram, stopOnSignal } from './program.ts';
import { verify } from './verify-run.ts';

const say = (line: string) => console.log(line);
const { env } = process;
const { now } = Date;

stopOnSignal(process, say, 'Stopped by a signal before the span was found.');
process.exitCode = await runProgram(
  say,
  () =>
    verify({
      collector: env['COLLECTOR'] ?? 'spacelift-telemetry-collector:4317',
      jaeger: (env['JAEGER'] ?? 'http://spacelift-telemetry-jaeger:16686').replace(/\/$/, ''),
      jaegerOtlp: env['JAEGER_OTLP'],
      login: loginOf(env['JAEGER_USERNAME'], env['JAEGER_PASSWORD']),
      deadline: now() + Number(env['TIMEOUT_SECONDS'] ?? 60) * 1000,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      bytes: (count) => randomBytes(count),
      now,
      call,
      fetch,
      say,
    }),
  (message) => ({
    code: 1,
    sentence: `Not verified: a mistake of this program's own (${message}); please report it with the lines above.`,
  }),
);
