import type { Progress } from '../engines/engine.ts';
import type { LocalConfig } from '../infra/local/config.ts';
import type { Experiment, Side, Trial } from '../model/lesson/lesson.ts';
import { shownOf, SIDES, trialOf, trialOutcome } from '../model/lesson/trial-result.ts';
import type { SideName, SideResult, TrialResult, TriedOn } from '../model/lesson/trial-result.ts';
import type { Plan } from '../model/plan/plan.ts';
import { withSettings } from '../model/plan/with-settings.ts';
import { scenarioDuration_s } from '../model/scenario/scenario.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { run } from './drive.ts';
import { takeTurn } from './experiment-turn.ts';
import { loadScenario } from './load.ts';
import type { Run } from './run.ts';
import { simulate } from './simulate.ts';
import { startStack } from './start-stack.ts';
import type { RunningStack } from './start-stack.ts';
import { UsageError } from './usage-error.ts';

export interface ExperimentOptions {
  /** The lesson's. */
  readonly plan: Plan;
  readonly on: TriedOn;
  /** 42 when absent. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (news: TrialNews) => void;
  /** Where stacks live: SHOP_PLAN_HOME, or the user's state folder, when absent. */
  readonly home?: string;
  /** Ports are taken from [first, end). */
  readonly ports?: LocalConfig['ports'];
}

/** How one side goes on. */
export interface TrialNews {
  readonly side: SideName;
  readonly text: string;
  /** It begins something else, so that it is worth a line of its own where lines stay. */
  readonly isNew: boolean;
}

/** Enough for a cache to have something to keep, and loaded in a second or two. */
const PRODUCTS = 2_000;
const USERS = 500;

/** One side, ready to be tried. */
interface Prepared {
  readonly name: SideName;
  readonly side: Side;
  readonly plan: Plan;
  /** Expects the goals of the trial, whatever its file expects. */
  readonly scenario: Scenario;
}

/**
 * Breaks a system and mends it: both sides of an experiment, held against its goals. On servers each has a stack of its own, which is gone
 * afterwards whatever happens, also when this process is killed; both are driven at once.
 * @throws UsageError or InputError for what cannot be; StackError, RunError or EngineError when servers fail; the reason of an abort.
 */
export async function runExperiment(experiment: Experiment, options: ExperimentOptions): Promise<TrialResult> {
  const { plan, on } = options;
  const trial = trialOf(experiment, on);
  const prepared = await Promise.all(SIDES.map((name) => prepare(name, trial, plan)));
  const runs = await (on === 'servers' ? onServers(prepared, options) : onSimulator(prepared, options));
  options.signal?.throwIfAborted();
  const [before, after] = prepared.map(({ side }, index) => sideResult(side, trial, runs[index]));
  if (!before || !after) throw new RangeError('an experiment has two sides');
  const outcome = trialOutcome(before.judgement.outcome, after.judgement.outcome);
  return { experiment, plan: plan.name, on, before, after, outcome };
}

/** Scenario time of an experiment in s, its stacks' start and end left out. @throws UsageError or InputError */
export async function experimentDuration_s(experiment: Experiment, { plan, on }: ExperimentOptions): Promise<number> {
  const prepared = await Promise.all(SIDES.map((name) => prepare(name, trialOf(experiment, on), plan)));
  return Math.max(...prepared.map(({ scenario }) => scenarioDuration_s(scenario)));
}

async function prepare(name: SideName, trial: Trial, whole: Plan): Promise<Prepared> {
  const side = trial[name];
  const plan = withSettings(whole, side.set);
  const scenario = await loadScenario(side.scenario, plan);
  if (!scenario.steps.includes(side.step)) {
    const help = `it is for ${scenario.steps.join(', ')}`;
    throw new UsageError(`\`${scenario.name}\` is not for step ${side.step}`, help);
  }
  return { name, side, plan, scenario: { ...scenario, expect: trial.goals } };
}

function sideResult(side: Side, trial: Trial, done: Run | undefined): SideResult {
  if (!done) throw new RangeError(`nothing is known of ${side.title}`);
  const { observation, judgement, setting } = done;
  return { side, observation, judgement, shown: shownOf(trial, observation, setting) };
}

/** One replication each: what an experiment shows is no matter of chance. */
async function onSimulator(sides: readonly Prepared[], options: ExperimentOptions): Promise<Run[]> {
  const { seed, signal, onProgress } = options;
  return await allOrNone(signal, (stop) =>
    sides.map(({ name, side, plan, scenario }) =>
      simulate(plan, scenario, {
        step: side.step,
        replications: 1,
        workers: 1,
        signal: stop,
        ...(seed !== undefined && { seed }),
        onProgress: (share) =>
          onProgress?.({ side: name, text: `${Math.floor(share * 100)} % simulated`, isNew: false }),
      }),
    ),
  );
}

async function onServers(sides: readonly Prepared[], options: ExperimentOptions): Promise<Run[]> {
  const { seed, signal, onProgress, home } = options;
  const turn = await takeTurn(home);
  const up: RunningStack[] = [];
  try {
    // Nobody is driven while another one still starts.
    const stacks = await allOrNone(signal, (stop) => sides.map((side) => started(side, options, stop, up)));
    return await allOrNone(signal, (stop) =>
      stacks.map((stack, index) => {
        const { name, scenario } = sides[index] ?? {};
        if (!name || !scenario) throw new RangeError('there are more stacks than sides');
        const tell = (progress: Progress, isNew: boolean): void =>
          onProgress?.({ side: name, text: drivenText(progress), isNew });
        return run(stack, scenario, {
          signal: stop,
          ...(seed !== undefined && { seed }),
          onProgress: byPhase(tell),
        });
      }),
    );
  } finally {
    await stopAll(up).finally(() => turn.release());
  }
}

async function started(
  { name, side, plan, scenario }: Prepared,
  { onProgress, home, ports, seed }: ExperimentOptions,
  signal: AbortSignal,
  up: RunningStack[],
): Promise<RunningStack> {
  const stack = await startStack({
    plan,
    step: side.step,
    scenario,
    products: PRODUCTS,
    users: USERS,
    signal,
    ...(seed !== undefined && { seed }),
    ...(home !== undefined && { home }),
    ...(ports && { ports }),
    onProgress: (text) => onProgress?.({ side: name, text, isNew: false }),
  });
  up.push(stack);
  onProgress?.({ side: name, text: `${stack.stack.processes.length} processes are up`, isNew: true });
  return stack;
}

/** Tells of a run whether it is in another phase than before. */
function byPhase(tell: (progress: Progress, isNew: boolean) => void): (progress: Progress) => void {
  let latest = '';
  return (progress) => {
    const isNew = progress.phase !== latest;
    latest = progress.phase;
    tell(progress, isNew);
  };
}

function drivenText({ phase, at_s, total_s, errors }: Progress): string {
  const failed = errors === 1 ? '1 request has failed' : `${errors} requests have failed`;
  return `phase ${phase}, ${Math.max(0, Math.round(total_s - at_s))} s left, ${failed}`;
}

/** Waits for all, and ends the others when one fails, so that nothing goes on behind anybody's back. @throws the first failure. */
async function allOrNone<T>(
  signal: AbortSignal | undefined,
  begin: (stop: AbortSignal) => readonly Promise<T>[],
): Promise<T[]> {
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  let first: unknown;
  const works = begin(stop).map((work) =>
    work.catch((error: unknown) => {
      if (!failed.signal.aborted) first = error;
      failed.abort(error);
      throw error;
    }),
  );
  const settled = await Promise.allSettled(works);
  if (failed.signal.aborted) throw first;
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

/** Every one is tried, whatever becomes of the others. @throws StackError for what could not be ended. */
async function stopAll(stacks: readonly RunningStack[]): Promise<void> {
  const settled = await Promise.allSettled(stacks.map((stack) => stack.stop()));
  const failure = settled.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
}
