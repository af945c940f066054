import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { TelemetryConfig } from '../../generator/index.ts';
import { model } from '../../generator/model.ts';
import { runJob } from '../stack/jobs.ts';
import { programs } from '../stack/programs.ts';
import { renderObjects } from '../stack/rendered.ts';
import { expectAll, send, stackForEach } from '../stack/traffic.ts';
import { newAuthority, whatAuthoritiesMiss } from '../support/authority.ts';
import { spanCount } from '../support/spans.ts';
import { basic, type Guard, guard } from './guard.ts';
import { address, useServers, whyNot } from './servers.ts';
import { freshLoad, login } from './storage.ts';
import { pinned } from './tools.ts';

/** Spans that are 3 MiB on the disk, more than the size at which a new index starts: random text is not compressed. */
function largeLoad() {
  const names = ['one', 'two', 'three'];
  const attributes = Object.fromEntries(names.map((name) => [name, randomBytes(24_000).toString('base64')]));
  return { ...freshLoad('old'), traces: 8, batchSize: 20, attributes };
}

const existingSecret = 'search-login';

const rollover = await pinned('es-rollover');
const cleaner = await pinned('es-index-cleaner');
const lacking = [...rollover.lacking, ...cleaner.lacking, ...whatAuthoritiesMiss];
const missing = await whyNot(['opensearch'], { lacking });
const jaegers = (['jaeger', 'nextJaeger'] as const).filter((name) => programs[name]);

/** An answer of OpenSearch in which the first indices are ten days older than they are. */
function aged(text: string): string {
  const answer = text.includes('index.creation_date') ? JSON.parse(text) : {};
  const first = Object.keys(answer).filter((index) => index.endsWith('-000001'));
  const tenDays = 10 * 24 * 60 * 60 * 1000;
  for (const index of first) {
    const { settings } = answer[index];
    settings['index.creation_date'] = String(settings['index.creation_date'] - tenDays);
  }
  return first.length > 0 ? JSON.stringify(answer) : text;
}

/** A row of OpenSearch's lists of aliases and of indices. */
interface Behind {
  readonly index: string;
  readonly alias?: string;
}

/** What OpenSearch answers, parsed. */
async function search<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(new URL(path, address('opensearch')));
  if (!answer.ok) throw new Error(`${path} is answered ${answer.status}: ${await answer.text()}`);
  return answer.json() as Promise<Answer>;
}

describe.skipIf(missing)(`indices of OpenSearch that roll over, by the chart's jobs${missing}`, () => {
  useServers('opensearch');
  const up = stackForEach();
  let guarded: Guard | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    guarded?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** A configuration of one test, and the jobs that the chart makes of it: a server may have been running before. */
  async function stage(indexPrefix: string) {
    const authority = await newAuthority();
    const authorization = basic(login.username, login.password);
    guarded = await guard(address('opensearch'), { authorization, tls: authority, edit: aged });
    folder = await mkdtemp(join(tmpdir(), 'spacelift-telemetry-'));
    const secrets = { [existingSecret]: { ...login, 'ca.crt': authority.ca } };
    const connection = { urls: [guarded.url], existingSecret, tls: { caKey: 'ca.crt' } };
    const opensearch = { ...connection, indexPrefix, replicas: 0, rollover: { maxSize: '1mb' } };
    const config: TelemetryConfig = { storage: { opensearch } };
    const objects = await renderObjects({ config });
    const settings = { folder, secrets };
    const run = (job: string, path = rollover.path) =>
      runJob(path, objects, `${model.names.jaeger}-es-${job}`, settings);
    return { config, secrets, run };
  }

  /** The indices behind each alias of spans, and all indices of spans, by what stands after the prefix. */
  async function spanIndices(prefix: string) {
    const aliases = await search<Behind[]>(`_cat/aliases/${prefix}-jaeger-span-*?format=json`);
    const all = await search<Behind[]>(`_cat/indices/${prefix}-jaeger-span-*?format=json`);
    const own = (name: string) => name.replace(`${prefix}-jaeger-span-`, '');
    const behind = (name: string) =>
      aliases.filter(({ alias = '' }) => own(alias) === name).map(({ index }) => own(index));
    const sorted = (names: string[]) => names.sort();
    return {
      write: sorted(behind('write')),
      read: sorted(behind('read')),
      all: sorted(all.map(({ index }) => own(index))),
    };
  }

  test.each(jaegers)('%s writes to the newest, finds what is in all, and forgets the old', async (name) => {
    const prefix = `rollover-${randomUUID().slice(0, 8)}`;
    const { config, secrets, run } = await stage(prefix);
    await run('rollover-init');
    const [first, second] = ['000001', '000002'];
    expect(await spanIndices(prefix)).toEqual({ write: [first], read: [first], all: [first] });
    const stack = await up({ config, secrets, jaegerProgram: name });
    const [old, fresh] = [largeLoad(), freshLoad('fresh')];
    await send(stack, old);
    await expectAll(stack, old);

    await run('rollover'); // by size
    expect(await spanIndices(prefix)).toEqual({
      write: [second],
      read: [first, second],
      all: [first, second],
    });
    await send(stack, fresh);
    await expectAll(stack, fresh);
    expect(await stack.jaeger.countSpans(old.service)).toBe(spanCount(old));

    await run('lookback'); // by age
    expect(await spanIndices(prefix)).toEqual({ write: [second], read: [second], all: [first, second] });
    await stack.endJaeger('SIGTERM');
    await stack.startJaeger();
    expect(await stack.jaeger.countSpans(old.service)).toBe(0);
    expect(await stack.jaeger.countSpans(fresh.service)).toBe(spanCount(fresh));

    await run('index-cleaner', cleaner.path);
    expect(await spanIndices(prefix)).toEqual({ write: [second], read: [second], all: [second] });
    await run('rollover-init'); // as each upgrade does
    expect(await spanIndices(prefix)).toMatchObject({ write: [second], read: [second] });
    expect(await stack.jaeger.countSpans(fresh.service)).toBe(spanCount(fresh));
  });
});
