import { ENGINES } from '../../engines/index.ts';
import { check } from '../../harness/check/check.ts';
import type { Check, CheckReport } from '../../harness/check/check.ts';
import { environmentFacts } from '../../harness/environment.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import { keepRun } from '../../harness/run-store.ts';
import { planStacks } from '../../harness/verify/plan-stacks.ts';
import { RemainingTime } from '../../harness/verify/remaining-time.ts';
import { StackError } from '../../infra/backend.ts';
import type { Stack } from '../../infra/backend.ts';
import type { LocalBackend } from '../../infra/local/local-backend.ts';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import type { Observation } from '../../model/observation/observation.ts';
import { formatNumber } from '../../model/units/format.ts';
import { checkResult } from '../../reports/check-result.ts';
import type { Result } from '../../reports/result.ts';
import { resultJson } from '../../reports/result-json.ts';
import { resultText } from '../../reports/result-text.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { assertArtefactsFolder, writeArtefacts } from '../artefacts.ts';
import { setUpCheck } from '../check-setup.ts';
import type { CheckSetup, CheckSetupOptions } from '../check-setup.ts';
import { cleanUp } from '../clean-up.ts';
import { loadSide } from '../compared-sides.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { ReportOptions } from '../report-options.ts';
import { openReports } from '../reports.ts';
import { watchRuns } from '../run-progress.ts';
import type { Listen, WatchOptions } from '../run-progress.ts';
import { assertStackFor } from '../stack-for.ts';
import { backend } from '../stack.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface CheckCommandOptions extends CheckSetupOptions, ReportOptions, WatchOptions {
  readonly name: string;
  readonly seed: number;
  /** Each scenario's own when absent. */
  readonly scale?: number;
  readonly products: number;
  readonly users: number;
  readonly artefacts?: string;
  /** Name of a baseline. */
  readonly baseline?: string;
  readonly keepData?: true;
  readonly dryRun?: true;
  readonly long?: true;
  readonly plots?: true;
}

/** `shop-plan check [plan]` */
export async function checkCommand(
  context: Context,
  plan: string | undefined,
  options: CheckCommandOptions,
): Promise<ExitCode> {
  const { terminal, signal } = context;
  const setup = await setUpCheck(plan, options);
  if (options.artefacts !== undefined) await assertArtefactsFolder(options.artefacts, options.overwrite === true);
  const reports = openReports(options);
  const baseline = await baselineRuns(options.baseline);
  const local = backend();
  const stack = await stackThatIsUp(local, setup, options);
  assertStartable(local, setup);
  if (options.dryRun) return sayWhat(terminal, setup, stack);
  const done = await watchRuns(terminal, options, (listen) =>
    carryOut(context, local, setup, stack, { ...options, listen }),
  );
  const result = checkResult(setup.plan.name, done, baseline);
  if (signal.aborted) return EXIT.interrupted;
  // What was found is shown also where there is no room for files; as JSON, an error behind it would spoil it.
  if (!terminal.json) show(terminal, result, options);
  if (options.artefacts !== undefined) {
    await writeArtefacts(options.artefacts, result);
    terminal.message(`artefacts are in ${options.artefacts}`);
  }
  await reports.write(result, terminal);
  if (terminal.json) show(terminal, result, options);
  sayTime(terminal, done);
  return verdictOf(done);
}

/** What was kept under that name, the oldest first. */
async function baselineRuns(name: string | undefined): Promise<readonly Observation[]> {
  if (name === undefined) return [];
  const { runs } = await loadSide(`baseline:${name}`);
  return runs.map(({ observation }) => observation);
}

/** The stack of that name, where one is up; it has to be what every scenario needs. */
async function stackThatIsUp(
  local: LocalBackend,
  { plan, runs }: CheckSetup,
  { name, step }: CheckCommandOptions,
): Promise<Stack | undefined> {
  const status = await local.status(name);
  if (!status?.processes.some(({ alive }) => alive)) return undefined;
  const { stack } = status;
  const help = `\`shop-plan down --name ${name}\`, and it is started as it has to be; or give another \`--name\``;
  if (stack.plan !== plan.name)
    throw new UsageError(`stack \`${name}\` is up with \`${stack.plan}\`, not \`${plan.name}\``, help);
  if (step !== undefined && stack.step !== step)
    throw new UsageError(`stack \`${name}\` is up with step ${stack.step}, not ${step}`, help);
  for (const run of runs) {
    if (run.step !== stack.step)
      throw new UsageError(`stack \`${name}\` is up with step ${stack.step}, not ${run.step}`, help);
    assertStackFor(stack, run.scenario, run.scenario.name);
  }
  return stack;
}

function assertStartable(local: LocalBackend, { runs }: CheckSetup): void {
  for (const { topology } of planStacks(runs)) {
    try {
      local.check(topology);
    } catch (error) {
      // The plan or a setting asks for what there is not: nothing is wrong with the machine.
      throw error instanceof StackError ? new UsageError(error.message, error.help) : error;
    }
  }
}

async function carryOut(
  { terminal, signal }: Context,
  local: LocalBackend,
  { gate, assigned, runs }: CheckSetup,
  stack: Stack | undefined,
  options: CheckCommandOptions & { readonly listen: Listen },
): Promise<Check> {
  const { name: stackName, seed, products, users, scale } = options;
  if (!stack) await cleanUp(terminal);
  return check({
    gate,
    assigned,
    runs,
    ...(stack && { stack }),
    engines: ENGINES,
    backend: local,
    run: (request) => {
      const criteria = (assigned.get(request.scenario.name) ?? []).map(({ criterion }) => criterion);
      return runScenario({ ...request, backend: local, ...options.listen(request, criteria) });
    },
    stackName,
    keepData: options.keepData === true,
    ...(scale === undefined ? {} : { scale }),
    seed,
    products,
    users,
    environment: environmentFacts(),
    signal,
    report: reportTo(terminal),
    keep: ({ observation, judgement, setting }) => keepRun(observation, writeRunJson(observation, judgement, setting)),
  });
}

function reportTo(terminal: Terminal): CheckReport {
  return {
    message: terminal.message,
    begins: ({ plan, step, scenario, title, left }) => {
      terminal.message(
        `${plan} step ${step}, ${scenario}: running (${title}); about ${Math.ceil(left.seconds)} s left`,
      );
    },
    finished: ({ run }) => terminal.message(`kept in ${run}`),
  };
}

function show(terminal: Terminal, result: Result, { long, plots }: CheckCommandOptions): void {
  if (terminal.json) terminal.out(resultJson(result));
  else {
    const layout = { style: terminal.style, width: terminal.width };
    terminal.out(resultText(result, { ...layout, full: long === true, plots: plots === true }));
  }
}

/** What a check costs beside what it is for. */
function sayTime(terminal: Terminal, { took: { stacks_s, runs_s } }: Check): void {
  const own_s = performance.now() / 1000 - stacks_s - runs_s;
  const text = (seconds: number): string => `${formatNumber(seconds, 3)} s`;
  terminal.message(`runs took ${text(runs_s)}, stacks ${text(stacks_s)}, everything else ${text(own_s)}`);
}

function sayWhat(terminal: Terminal, { plan, gate, assigned, runs }: CheckSetup, stack: Stack | undefined): ExitCode {
  const stacks = planStacks(runs);
  const seconds = stack ? new RemainingTime().ofRuns_s(runs) : new RemainingTime().of_s(stacks);
  const criteria = [...assigned].flatMap(([scenario, given]) =>
    given.map(({ criterion, weight, must, from }) => ({ scenario, criterion: criterion.text, weight, must, from })),
  );
  if (terminal.json) {
    const on = stacks.map(({ topology, runs }) => ({
      step: topology.step,
      tiers: topology.tiers,
      scenarios: runs.map(({ scenario }) => scenario.name),
    }));
    terminal.printJson({
      formatVersion: 1,
      plan: plan.name,
      gate: gate.name,
      pass: gate.passScore,
      stacks: on,
      seconds,
      criteria,
    });
    return EXIT.ok;
  }
  for (const { topology, runs } of stacks) {
    const names = runs.map(({ scenario }) => scenario.name).join(', ');
    const tiers = topology.tiers.map(({ id, instances }) => `${instances} × ${id}`).join(', ');
    terminal.out(`would ${stack ? `use stack ${stack.name}` : `start ${tiers}`} for ${names}\n`);
  }
  for (const { scenario, criterion, must, weight } of criteria) {
    const notes = [...(must ? ['must'] : []), ...(weight === 1 ? [] : [`weight ${formatNumber(weight)}`])];
    terminal.out(`would judge ${scenario}: ${criterion}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}\n`);
  }
  terminal.out(`would take about ${formatNumber(Math.ceil(seconds))} s\n`);
  return EXIT.ok;
}

/** A proven failure first; without one, what could not be run; then what cannot be judged. */
function verdictOf({ gate, failures }: Check): ExitCode {
  const code = exitCodeOf(gate.outcome);
  return code !== EXIT.failed && failures.length > 0 ? EXIT.machine : code;
}
