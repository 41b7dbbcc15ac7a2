import { ENGINES } from '../../engines/index.ts';
import { environmentFacts } from '../../harness/environment.ts';
import { keepRun } from '../../harness/run-store.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import { judge } from '../../model/judge/judge.ts';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import { predictionText } from '../../reports/prediction-table.ts';
import { runText } from '../../reports/run-text.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { predictionsOf } from '../calibrations.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadLiveScenario, loadPlan } from '../files.ts';
import { progressLine } from '../live.ts';
import type { Context } from '../context.ts';
import { backend, runningStack } from '../stack.ts';
import { UsageError } from '../usage-error.ts';

export interface RunCommandOptions {
  readonly plan: string;
  readonly step?: number;
  readonly name: string;
  readonly seed: number;
  /** The scenario's own when absent. */
  readonly scale?: number;
  readonly long?: true;
}

/** `shop-plan run <scenario>` */
export async function runCommand(context: Context, name: string, options: RunCommandOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const plan = await loadPlan(options.plan);
  const scenario = await loadLiveScenario(name, plan);
  const local = backend();
  const stack = await runningStack(local, options.name);
  if (options.step !== undefined && options.step !== stack.step) {
    throw new UsageError(
      `step ${stack.step} is up, not step ${options.step}`,
      `\`shop-plan down\`, then \`shop-plan up --step ${options.step}\``,
    );
  }
  if (!scenario.steps.includes(stack.step)) {
    throw new UsageError(
      `\`${scenario.name}\` is not for step ${stack.step}`,
      `it is for ${scenario.steps.join(', ')}`,
    );
  }
  const engine = ENGINES.get(scenario.engine);
  if (!engine) throw new UsageError(`there is no engine \`${scenario.engine}\``);
  const observation = await runScenario({
    plan,
    scenario,
    stack,
    backend: local,
    engine,
    scale: options.scale ?? scenario.liveScale,
    seed: options.seed,
    environment: environmentFacts(),
    signal,
    onProgress: (progress) => terminal.progress(progressLine(progress)),
  });
  const criteria = scenario.expect.length > 0 ? scenario.expect : plan.slo;
  const judgement = judge(observation, criteria, engine.claims);
  const json = writeRunJson(observation, judgement);
  const kept = await keepRun(observation, json);
  if (terminal.json) terminal.out(json);
  else {
    const layout = { style: terminal.style, width: terminal.width };
    terminal.out(runText(observation, judgement, { ...layout, full: options.long === true }));
    const rows = await predictionsOf({ plan, scenario, observation, topology: stack.topology });
    if (rows.length > 0) terminal.out(`\n${predictionText(rows, layout)}`);
  }
  terminal.message(`kept in ${kept}`);
  return exitCodeOf(judgement.outcome);
}
