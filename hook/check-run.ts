import { again } from './again.ts';
import { explain } from './explain.ts';
import { isOurs, planConnect } from './plan-connect.ts';
import { capital, listed } from './problem.ts';
import { readAll } from './read.ts';
import { printConnectPlan, printWrite } from './report.ts';
import { isEmpty } from './secret-change.ts';
import type { Settings } from './settings.ts';
import { secretNamed } from './targets.ts';
import type { Ending, World } from './world.ts';

/** Whether Spacelift is still connected, as its objects stand there; it only reads. */
export async function check(world: World, settings: Settings): Promise<Ending> {
  try {
    const { secrets, deployments } = await again(world, () => readAll(world.api, settings));
    const context = { settings, word: world.id(), now: world.api.time() };
    const plan = planConnect(secrets, deployments, { ...context, cleared: new Set(), run: 'reconcile' });
    for (const line of printConnectPlan(plan, settings)) world.say(line);
    return judge(plan, settings);
  } catch (error) {
    const problem = explain(error, settings);
    if (problem === undefined) throw error;
    return { code: 1, sentence: `Whether Spacelift is connected is not known: ${problem.sentence}.` };
  }
}

function judge(plan: ReturnType<typeof planConnect>, settings: Settings): Ending {
  const { namespace } = settings.spacelift;
  if (plan.kind === 'refuse') {
    return { code: 1, sentence: plan.problems.map(({ sentence }) => sentence).join(' ') };
  }
  if (plan.kind === 'stop') {
    const sentence = `Not connected: ${secretNamed(plan.secret, settings)} was disconnected by an uninstall; run helm upgrade.`;
    return { code: 1, sentence };
  }
  const wrong = plan.secrets.flatMap(({ state, change }) =>
    isEmpty({ ...change, annotations: {} })
      ? []
      : [
          `${secretNamed(state.name, settings)} was changed (to mend: ${printWrite(state, change, settings)})`,
        ],
  );
  const old = plan.deployments.flatMap(({ state, step }) => (step === 'restart' ? [state.name] : []));
  if (old.length > 0) wrong.push(`pods of ${listed(old)} are older than what was written to the Secret`);
  if (wrong.length > 0) {
    const sentence = `no longer connected: ${wrong.join('; ')}; run helm upgrade, which connects it again`;
    return { code: 1, sentence: `${capital(sentence)}.` };
  }
  const unfinished = plan.deployments.flatMap(({ state }) =>
    state.rollout === 'done' ? [] : [`${state.name} is ${state.rollout} (${state.progress})`],
  );
  const byHand = plan.deployments.filter(({ step }) => step !== 'nothing' && !isOurs(step));
  const points = `Spacelift in namespace ${namespace} is connected: the vendor is OpenTelemetry, the endpoint ${settings.endpoint}`;
  const pods =
    byHand.length > 0
      ? 'whether its pods are newer than that is not known, since spacelift.connect.restart is never'
      : 'and its pods are newer than that';
  return { code: 0, sentence: `${[points, pods, ...unfinished].join('; ')}.` };
}
