import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ENDPOINT, VENDOR } from '../../hook/names.ts';
import { podUids } from '../support/cluster.ts';
import { SPACELIFT_SERVICES } from '../support/cluster-objects.ts';
import { restarted, type Spacelift, TERRAFORM } from '../support/spacelift.ts';
import { type SpanLoad, spanCount } from '../support/spans.ts';
import { Terminal } from '../support/terminal.ts';
import type { Condition } from './catalogue.ts';
import { expectTraces, startSpacelift } from './connection.ts';
import { GuideCollector } from './guide-collector.ts';
import { type Observation, observe } from './observation.ts';
import { helms, whyNot, whyShort } from './settings.ts';
import { type Choice, Stage } from './stage.ts';

const ONCE = Object.fromEntries(SPACELIFT_SERVICES.map((name) => [name, 1]));
const NEVER = Object.fromEntries(SPACELIFT_SERVICES.map((name) => [name, 0]));

const missing = await whyNot();

describe.skipIf(missing).each(helms.slice(-1))(
  `a release without a hook, by Helm %s${missing}`,
  (version) => {
    const stage = new Stage(version);
    const manual: Choice = { connect: 'manual' };
    const changed: Choice = {
      connect: 'manual',
      values: {
        otelcol: { alternateConfig: { exporters: { 'otlp_grpc/jaeger': { timeout: '11s' } } } },
      },
    };
    const guide = new GuideCollector(stage);
    let spacelift: Spacelift;
    let terminal: Terminal;
    let notes: string;
    beforeAll(async () => {
      await stage.setUp();
      terminal = await Terminal.open(version);
      spacelift = await startSpacelift(stage);
      notes = await stage.deploy('install', manual);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') console.error(await stage.trouble());
    });
    afterAll(async () => {
      await terminal.close();
      await guide.remove();
      await stage.tearDown('the release without a hook');
    });

    /** Types the first or the second script that the notes print, as it stands there. */
    const typeFromNotes = async (which: 0 | 1): Promise<string> => {
      const lines = notes.split('\n').map((line) => line.trim());
      const commands = lines.filter((line) => /^kubectl get configmap .* \| sh$/.test(line));
      expect(commands).toHaveLength(2);
      const command = commands[which] ?? '';
      await terminal.type(command);
      await spacelift.ready();
      return `\`${command}\``;
    };

    /** Sends a known number of spans while a collector is replaced, and says how many arrived. */
    const replaceWhileSending = (
      condition: Condition,
      load: SpanLoad,
      startSending: () => Promise<void>,
      replace: () => Promise<unknown>,
    ): Promise<Observation & { lost: number }> => {
      const count = () => stage.jaeger.countSpans(load.service);
      let lost = 0;
      const work = async () => {
        await startSending();
        await expect.poll(count, { timeout: 60_000, interval: 250 }).toBeGreaterThan(0);
        await replace();
        expect(await count(), 'it was replaced before the last span').toBeLessThan(spanCount(load));
        await stage.sent(load);
        for (const service of SPACELIFT_SERVICES) await expectTraces(stage, service);
        lost = spanCount(load) - (await settled(count));
        stage.say(`${condition}: ${lost} of ${spanCount(load)} spans were lost`);
        const spans = lost === 0 ? 'No span was lost' : 'Spans were lost';
        return `${spans}, and every service sends again.`;
      };
      return observe(condition, stage, work).then((seen) => ({ ...seen, lost }));
    };

    test('is connected by the commands that the notes print', async () => {
      expect(notes).toContain('Spacelift was left alone.');
      const seen = await observe('manual-connect', stage, () => typeFromNotes(0));
      expect((await spacelift.secret()).values).toEqual({
        ...TERRAFORM,
        [VENDOR]: 'OpenTelemetry',
        [ENDPOINT]: stage.endpoint,
      });
      expect(seen.restarts).toEqual(ONCE);
      await expectTraces(stage, 'spacelift-server');
    });

    test('needs no restart of Spacelift when its collector is replaced, and loses no span', async () => {
      const load = { service: 'upgrade', traces: 800, childSpans: 4, rate: 100 };
      const before = await podUids(stage.monitoring, 'otelcol');
      const seen = await replaceWhileSending(
        'collector-upgrade',
        load,
        () => stage.startSending(load),
        () => stage.deploy('upgrade', changed),
      );
      expect(await podUids(stage.monitoring, 'otelcol')).not.toEqual(before);
      expect(seen.lost).toBe(0);
      expect(seen.restarts).toEqual(NEVER);
    });

    test('is disconnected by the commands that the notes print', async () => {
      const seen = await observe('manual-disconnect', stage, () => typeFromNotes(1));
      expect((await spacelift.secret()).values).toEqual(TERRAFORM);
      expect(seen.restarts).toEqual(ONCE);
    });

    test('is connected by the single commands of the notes too, without a VCS gateway', async () => {
      const [, commands = ''] = notes.split(/The same by hand, .*:$/m);
      const before = await spacelift.revisions();
      await terminal.type(/^ *kubectl patch .*?\n(?=\n)/ms.exec(commands)?.[0] ?? 'exit 1');
      await spacelift.ready();
      expect((await spacelift.secret()).values).toMatchObject({
        [VENDOR]: 'OpenTelemetry',
        [ENDPOINT]: stage.endpoint,
      });
      expect(await spacelift.revisions()).toEqual(restarted(before));
    });

    // It compares, and proves nothing of ours.
    const why = missing ? '' : whyShort; // the group has said why it is skipped
    test.skipIf(whyShort)(`needs none either with the collector of Spacelift's guide${why}`, async () => {
      await guide.install();
      await spacelift.applySecret({ ...TERRAFORM, [VENDOR]: 'OpenTelemetry', [ENDPOINT]: guide.endpoint });
      await spacelift.restart();
      const load = { service: 'guide', traces: 800, childSpans: 4, rate: 100 };
      const seen = await replaceWhileSending(
        'collector-upgrade-guide',
        load,
        () => guide.startSending(load),
        () => guide.turnDebugOn(),
      );
      expect(seen.restarts).toEqual(NEVER);
    });
  },
);

/** A count once it stays as it is for as long as a sender and a collector keep what they have. */
async function settled(count: () => Promise<number>): Promise<number> {
  let last = -1;
  const stays = async () => {
    const before = last;
    last = await count();
    return last === before;
  };
  await expect.poll(stays, { timeout: 60_000, interval: 5_000 }).toBe(true);
  return last;
}
