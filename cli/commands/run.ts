import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ENGINES } from '../../engines/index.ts';
import { environmentFacts } from '../../harness/environment.ts';
import { simulateOnce } from '../../harness/simulate-once.ts';
import { Simulators } from '../../harness/replications/simulators.ts';
import { keepRun } from '../../harness/run-store.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import { predictRun } from '../../model/calibration/predict-run.ts';
import { sideBySide } from '../../model/claims/side-by-side.ts';
import { judge } from '../../model/judge/judge.ts';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import type { Observation } from '../../model/observation/observation.ts';
import type { Plan } from '../../model/plan/plan.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import { settingOf } from '../../model/setting/setting-of.ts';
import { predictionText } from '../../reports/prediction-table.ts';
import { resultOfRun } from '../../reports/read-result.ts';
import { runText } from '../../reports/run-text.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { sideBySideText } from '../../reports/side-by-side-text.ts';
import { keptCalibration } from '../calibrations.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadLiveScenario, loadPlan, planOf } from '../../api/files.ts';
import { watchRuns } from '../run-progress.ts';
import type { WatchOptions } from '../run-progress.ts';
import type { Context } from '../context.ts';
import type { ReportOptions } from '../report-options.ts';
import { openReports } from '../reports.ts';
import { assertStackFor } from '../stack-for.ts';
import { backend, runningStack } from '../stack.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface RunCommandOptions extends WatchOptions, ReportOptions {
  /** The scenario's own when absent. */
  readonly plan?: string;
  readonly step?: number;
  readonly name: string;
  readonly seed: number;
  /** The scenario's own when absent. */
  readonly scale?: number;
  readonly besideSimulation?: true;
  readonly long?: true;
}

/** `shop-plan run <scenario>` */
export async function runCommand(context: Context, name: string, options: RunCommandOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const reports = openReports(options);
  const plan = await loadPlan(options.plan ?? planOf(name));
  const scenario = await loadLiveScenario(name, plan);
  const local = backend();
  const stack = await runningStack(local, options.name);
  if (options.step !== undefined && options.step !== stack.step) {
    throw new UsageError(
      `step ${stack.step} is up, not step ${options.step}`,
      `\`shop-plan down\`, then \`shop-plan up --step ${options.step}\``,
    );
  }
  assertStackFor(stack, scenario, name);
  const engine = ENGINES.get(scenario.engine);
  if (!engine) throw new UsageError(`there is no engine \`${scenario.engine}\``);
  const scale = options.scale ?? scenario.liveScale;
  const { seed } = options;
  // Damage is told before a run is made that it would spoil.
  const calibration = await keptCalibration(plan.name, stack.step);
  const simulated = options.besideSimulation
    ? await simulate(context, { plan, scenario, step: stack.step, scale, seed })
    : undefined;
  const criteria = scenario.expect.length > 0 ? scenario.expect : plan.slo;
  const request = { plan, scenario, stack, backend: local, engine, scale, seed, environment: environmentFacts() };
  const { topology } = stack;
  const { observation, judgement, setting, predictions, json, kept } = await inScratch(async (engine_dir) => {
    const observation = await watchRuns(terminal, options, (listen) =>
      runScenario({ ...request, keep_in: engine_dir, signal, ...listen(request, criteria) }),
    );
    const predictions = calibration ? predictRun({ plan, scenario, observation, topology, calibration }) : [];
    const setting = settingOf({ plan, step: stack.step, topology, scenario, scale, predictions });
    const judgement = judge(observation, criteria, engine.claims, setting);
    const json = writeRunJson(observation, judgement, setting);
    const [kept] = await Promise.allSettled([keepRun(observation, json, { engine_dir })]);
    return { observation, judgement, setting, predictions, json, kept };
  });
  // What was seen is shown also where there was no room to keep it; as JSON, an error behind it would spoil it.
  if (terminal.json && kept.status === 'rejected') throw kept.reason;
  const layout = { style: terminal.style, width: terminal.width };
  if (terminal.json) terminal.out(json);
  else {
    terminal.out(runText(observation, judgement, { ...layout, full: options.long === true }));
    if (predictions.length > 0) terminal.out(`\n${predictionText(predictions, layout)}`);
  }
  if (simulated) terminal.out(`\n${sideBySideText(sideBySide(observation, simulated, criteria), layout)}`);
  if (kept.status === 'rejected') throw kept.reason;
  terminal.message(`kept in ${kept.value}`);
  await reports.write(resultOfRun({ observation, judgement, setting }, basename(kept.value)), terminal);
  return exitCodeOf(judgement.outcome);
}

async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'shop-plan-engine-'));
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface ToSimulate {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly step: number;
  readonly scale: number;
  readonly seed: number;
}

/** Before the run, so that it does not take processors from it. */
async function simulate(
  { terminal, signal }: Context,
  { step, ...wanted }: ToSimulate,
): Promise<readonly Observation[]> {
  const simulators = new Simulators(availableParallelism(), signal);
  const onProgress = (share: number): void => terminal.progress(`simulating: ${Math.floor(share * 100)} %`);
  try {
    return await simulateOnce({ ...wanted, step: stepOf(wanted.plan, step), simulators, onProgress });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      `\`${wanted.scenario.name}\` cannot be simulated: ${error.message}`,
      'leave out `--beside-simulation`',
    );
  } finally {
    await simulators.close();
  }
}
