import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../engines/engine.ts';
import { ENGINES } from '../../engines/index.ts';
import { compareLive } from '../../harness/comparison/compare-live.ts';
import type { LiveSide } from '../../harness/comparison/compare-live.ts';
import { environmentFacts } from '../../harness/environment.ts';
import { keepRun } from '../../harness/run-store.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import { topologyFor } from '../../harness/stack-for.ts';
import { StackError } from '../../infra/backend.ts';
import type { LocalBackend } from '../../infra/local/local-backend.ts';
import { compareRuns } from '../../model/comparison/compare-runs.ts';
import type { JudgedRun } from '../../model/comparison/compare-runs.ts';
import { judge } from '../../model/judge/judge.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario, TierSettings } from '../../model/scenario/scenario.ts';
import { shorten } from '../../model/scenario/shorten.ts';
import { settingOf } from '../../model/setting/setting-of.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { cleanUp } from '../clean-up.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadLiveScenario, loadPlan, planOf } from '../../api/files.ts';
import { backend } from '../stack.ts';
import { stepOf } from '../../api/step-of.ts';
import { settingsByTier } from '../tier-settings.ts';
import { UsageError } from '../../api/usage-error.ts';
import { metricsOf, showCompared } from './compare.ts';

export interface CompareLiveOptions {
  /** Name or path of the scenario. */
  readonly live: string;
  /** Settings of tiers, `app.instances=1,cache.kind=…`, on top of the scenario's. */
  readonly a: string;
  readonly b: string;
  readonly rounds: number;
  readonly seconds: number;
  /** One that the scenario is for when absent. */
  readonly step?: number;
  /** The scenario's own when absent. */
  readonly scale?: number;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly metric?: readonly string[];
  readonly magnitude: number;
}

const STACK = 'compare';
/** Of a stack that has been driven before: connections and caches are there, what the other left in the machine's caches is not. */
const SETTLE_S = 2;
const DEFAULT_STEP = 2;

/** `shop-plan compare --live <scenario> --a … --b …`: two settings on stacks of their own, driven in turns. */
export async function compareLiveCommand(context: Context, options: CompareLiveOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const metrics = metricsOf(options.metric);
  const plan = await loadPlan(planOf(options.live));
  const scenario = await loadLiveScenario(options.live, plan);
  refuseUnfit(scenario);
  const engine = ENGINES.get(scenario.engine);
  if (!engine) throw new UsageError(`there is no engine \`${scenario.engine}\``);
  const local = backend();
  const sideOf = (settings: string): LiveSide<JudgedRun> =>
    liveSide({ context, options, plan, scenario, engine, local, settings });
  const [a, b] = [sideOf(options.a), sideOf(options.b)];
  await cleanUp(terminal);
  const { seed, products, users, rounds, magnitude } = options;
  const data = { seed, products, users };
  const runs = await compareLive({ a, b, rounds, backend: local, name: STACK, data, signal, report: terminal.message });
  if (signal.aborted && runs.b.length === 0) return EXIT.interrupted;
  const compared = compareRuns(
    { name: `a (${options.a || 'as planned'})`, runs: runs.a },
    { name: `b (${options.b || 'as planned'})`, runs: runs.b },
    { magnitude, ...(metrics && { metrics }) },
  );
  return showCompared(terminal, [compared]);
}

/** Rounds are short and follow each other on one stack: faults have their times, and data that was written to is not fresh. */
function refuseUnfit({ name, faults, freshData, phases }: Scenario): void {
  const help = 'compare runs of it that are kept: `shop-plan compare RUNS RUNS`';
  if (faults.length > 0)
    throw new UsageError(`\`${name}\` has faults, which leave a stack as no other round finds it`, help);
  if (freshData) throw new UsageError(`\`${name}\` needs fresh data for each run`, help);
  if (phases.some(({ probe }) => probe))
    throw new UsageError(`\`${name}\` has a probe, which cannot be cut short`, help);
}

interface Wanted {
  readonly context: Context;
  readonly options: CompareLiveOptions;
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly engine: Engine;
  readonly local: LocalBackend;
  readonly settings: string;
}

function liveSide(wanted: Wanted): LiveSide<JudgedRun> {
  const { context, options, plan, engine, local } = wanted;
  const scenario = withSettings(wanted.scenario, settingsByTier(wanted.settings));
  const number = options.step ?? (scenario.steps.includes(DEFAULT_STEP) ? DEFAULT_STEP : (scenario.steps[0] ?? 1));
  const topology = topologyFor(plan, stepOf(plan, number), scenario);
  refuseUnknownTiers(
    topology.tiers.map(({ id }) => id),
    settingsByTier(wanted.settings),
  );
  try {
    local.check(topology);
  } catch (error) {
    // What cannot be set is a matter of what was typed.
    throw error instanceof StackError ? new UsageError(error.message, error.help) : error;
  }
  const { signal, terminal } = context;
  const scale = options.scale ?? scenario.liveScale;
  const environment = environmentFacts();
  return {
    topology,
    drive: async (stack, round) => {
      const cut = round === 0 ? scenario : shorten(scenario, { judged_s: options.seconds, other_s: SETTLE_S });
      const seed = options.seed + round;
      const request = { plan, scenario: cut, stack, backend: local, engine, scale, seed, environment, signal };
      return inScratch(async (keep_in) => {
        const observation = await runScenario({
          ...request,
          keep_in,
          onProgress: ({ phase }) => terminal.progress(phase),
        });
        const judgement = judge(observation, [], engine.claims);
        const setting = settingOf({ plan, step: stack.step, topology, scenario: cut, scale });
        if (round > 0)
          await keepRun(observation, writeRunJson(observation, judgement, setting), { engine_dir: keep_in });
        return { observation, judgement };
      });
    },
  };
}

function withSettings(scenario: Scenario, added: ReadonlyMap<string, TierSettings>): Scenario {
  const settings = new Map(scenario.settings);
  for (const [tier, own] of added) settings.set(tier, { ...settings.get(tier), ...own });
  return { ...scenario, settings };
}

function refuseUnknownTiers(known: readonly string[], settings: ReadonlyMap<string, TierSettings>): void {
  for (const tier of settings.keys()) {
    if (!known.includes(tier))
      throw new UsageError(`the step has no tier \`${tier}\``, `its tiers: ${known.join(', ')}`);
  }
}

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'shop-plan-engine-'));
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
