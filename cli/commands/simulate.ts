import { availableParallelism } from 'node:os';
import { prepareSimulation } from '../../harness/prepare-simulation.ts';
import type { PreparedSimulation } from '../../harness/prepare-simulation.ts';
import { replicate } from '../../harness/replications/replicate.ts';
import { Simulators } from '../../harness/replications/simulators.ts';
import type { Calibration } from '../../model/calibration/calibration.ts';
import type { Criterion } from '../../model/judge/criterion.ts';
import { exitCodeOf } from '../../model/judge/outcome.ts';
import type { ArchitectureStep, Plan } from '../../model/plan/plan.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { SIMULATION_FORMAT_VERSION } from '../../model/questions/simulation.ts';
import type { Simulation, StepSimulation } from '../../model/questions/simulation.ts';
import { stepSimulation } from '../../model/questions/step-simulation.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import { simulationDocument } from '../../reports/simulation-document.ts';
import { calibrationIn, keptCalibration } from '../calibrations.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan, loadScenario, planOf } from '../../api/files.ts';
import { show } from '../show.ts';
import { DEFAULT_SEED } from '../options.ts';
import { SimulationProgress } from '../simulation-progress.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface SimulateOptions {
  /** The scenario's own when absent. */
  readonly plan?: string;
  readonly step?: number;
  readonly scale: number;
  readonly seed: number;
  readonly replications: number;
  readonly untilPrecision?: number;
  readonly workers?: number;
  readonly set: readonly string[];
  /** `documents` (when absent), `machine`, or a calibration's file. */
  readonly profile?: string;
  readonly full?: true;
}

/** As `cli/questions.ts` has it. */
const DEFAULT_REPLICATIONS = 5;
const DOCUMENTS = 'documents';
/** More replications than this are not made for the sake of precision. */
const REPLICATIONS_MAX = 100;

/** `shop-plan simulate <scenario>` */
export async function simulateCommand(context: Context, name: string, options: SimulateOptions): Promise<ExitCode> {
  const { terminal, signal } = context;
  const plan = withSettings(await loadPlan(options.plan ?? planOf(name), { claims: false }), options.set);
  const scenario = await loadScenario(name, plan);
  const asked: Prepared[] = [];
  for (const step of stepsAsked(plan, scenario, options.step)) {
    const calibration = await calibrationOf(options.profile ?? DOCUMENTS, plan, step);
    asked.push(prepare(plan, scenario, step, options, calibration));
  }
  const progress = new SimulationProgress(asked.length);
  const simulators = new Simulators(options.workers ?? availableParallelism(), signal);
  const steps: StepSimulation[] = [];
  try {
    for (const prepared of asked) {
      const title = `${scenario.name} on step ${prepared.step.step}`;
      const onProgress = (share: number): void => terminal.progress(progress.line(title, steps.length, share));
      steps.push(await simulateStep(prepared, options, simulators, onProgress));
    }
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    await simulators.close();
  }
  await showAll(context, { plan, scenario, command: commandLine(name, options) }, options, steps);
  terminal.aside(progress.speed(steps, simulators.width));
  return worstOf(steps);
}

function stepsAsked(plan: Plan, scenario: Scenario, step: number | undefined): ArchitectureStep[] {
  if (step === undefined) return scenario.steps.map((each) => stepOf(plan, each));
  const found = stepOf(plan, step);
  if (scenario.steps.includes(step)) return [found];
  throw new UsageError(`\`${scenario.name}\` is not for step ${step}`, `it is for ${scenario.steps.join(', ')}`);
}

interface Prepared extends PreparedSimulation {
  readonly step: ArchitectureStep;
  readonly criteria: readonly Criterion[];
}

/** Null for the documents' own figures. */
async function calibrationOf(profile: string, plan: Plan, { step }: ArchitectureStep): Promise<Calibration | null> {
  if (profile === DOCUMENTS) return null;
  const kept = await (profile === 'machine' ? keptCalibration(plan.name, step) : calibrationIn(profile));
  if (!kept && profile === 'machine') {
    const help = `\`shop-plan calibrate ${plan.name} --step ${step}\` does it`;
    throw new UsageError(`step ${step} of ${plan.name} was not calibrated on this machine`, help);
  }
  if (!kept) throw new UsageError(`there is no calibration ${profile}`, 'profiles: documents, machine, or a file');
  if (kept.plan === plan.name && kept.step === step) return kept;
  throw new UsageError(`${profile} is a calibration of step ${kept.step} of ${kept.plan}`, 'give `--step`');
}

/** What is set may leave no system that the scenario could happen to. */
function prepare(
  plan: Plan,
  scenario: Scenario,
  step: ArchitectureStep,
  options: SimulateOptions,
  calibration: Calibration | null,
): Prepared {
  const { scale, seed } = options;
  const criteria = scenario.expect.length > 0 ? scenario.expect : plan.slo;
  try {
    return {
      ...prepareSimulation({ plan, scenario, step, scale, seed, ...(calibration && { calibration }) }),
      step,
      criteria,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`\`${scenario.name}\` cannot be simulated on step ${step.step}: ${error.message}`);
  }
}

async function simulateStep(
  prepared: Prepared,
  { seed, replications, untilPrecision, full }: SimulateOptions,
  simulators: Simulators,
  onProgress: (share: number) => void,
): Promise<StepSimulation> {
  const precision = untilPrecision ?? null;
  const asked = { seed, replications, precision, maxReplications: REPLICATIONS_MAX };
  const replicated = await replicate({ ...prepared, ...asked, simulators, onProgress });
  return stepSimulation({ ...prepared, ...replicated, precisionAsked: precision, series: full === true });
}

/** As it was typed, but for the step and how it is shown. */
function commandLine(name: string, options: SimulateOptions): string {
  const { plan, scale, seed, replications, untilPrecision, set, profile } = options;
  const words = [
    'simulate',
    name,
    ...(plan === undefined ? [] : ['--plan', plan]),
    ...(scale === 1 ? [] : ['--scale', String(scale)]),
    ...(seed === DEFAULT_SEED ? [] : ['--seed', String(seed)]),
    ...(replications === DEFAULT_REPLICATIONS ? [] : ['--replications', String(replications)]),
    ...(untilPrecision === undefined ? [] : ['--until-precision', String(untilPrecision)]),
    ...set.flatMap((setting) => ['--set', setting]),
    ...(profile === undefined || profile === DOCUMENTS ? [] : ['--profile', profile]),
  ];
  return ['shop-plan', ...words.map(quoted)].join(' ');
}

/** As a shell takes it for one word. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

interface Asked {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly command: string;
}

async function showAll(
  { terminal }: Context,
  { plan, scenario, command }: Asked,
  { scale, seed, full }: SimulateOptions,
  steps: readonly StepSimulation[],
): Promise<void> {
  const simulation: Simulation = {
    formatVersion: SIMULATION_FORMAT_VERSION,
    kind: 'simulation',
    plan: plan.name,
    scenario: scenario.name,
    title: scenario.title,
    scale,
    seed,
    steps,
  };
  await show(terminal, {
    data: () => simulation,
    document: () => simulationDocument(simulation, { full: full === true, width: terminal.width, command }),
  });
}

/** A step that fails is the worst there is; then one that cannot be judged. */
function worstOf(steps: readonly StepSimulation[]): ExitCode {
  const codes = steps.map(({ judgement }) => exitCodeOf(judgement.outcome));
  return [EXIT.failed, EXIT.invalid].find((code) => codes.includes(code)) ?? EXIT.ok;
}
