import type { Engine, Progress } from '../engines/engine.ts';
import type { Stack } from '../infra/backend.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import { drawLedger, runKey, runsNeeded } from '../model/claims/ledger.ts';
import type { Ledger, LedgerRun, SimulatedRun } from '../model/claims/ledger.ts';
import { judge } from '../model/judge/judge.ts';
import type { Judgement } from '../model/judge/judge.ts';
import type { Observation } from '../model/observation/observation.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { peakRate_per_s } from '../model/workload/cumulative-rate.ts';
import { localTopology } from '../model/topology/topology-of.ts';
import type { Simulators } from './replications/simulators.ts';
import { RunError } from './run-error.ts';
import { runScenario } from './run-scenario.ts';
import { simulateClaims } from './simulate-claims.ts';

export interface VerifyRequest {
  readonly plan: Plan;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  readonly engines: ReadonlyMap<string, Engine>;
  readonly backend: LocalBackend;
  /** Where the same runs are simulated, before any server is started. */
  readonly simulators: Simulators;
  readonly stackName: string;
  /** Each scenario's own when absent. */
  readonly scale?: number;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly report: VerifyReport;
  /** Keeps a finished run; returns where. */
  readonly keep: (observation: Observation, judgement: Judgement) => Promise<string>;
}

/** What a caller may show while it goes on. */
export interface VerifyReport {
  readonly message: (text: string) => void;
  /** What is simulated, and the share of all simulations that is done. */
  readonly simulating: (what: string, share: number) => void;
  readonly progress: (progress: Progress) => void;
  readonly finished: (
    scenario: Scenario,
    step: number,
    observation: Observation,
    judgement: Judgement,
    run: string,
  ) => void;
}

export interface Verification {
  readonly ledger: Ledger;
  readonly judgements: readonly { readonly scenario: string; readonly step: number; readonly judgement: Judgement }[];
}

/**
 * The main job: simulates what measured claims ask for; then, for each step, brings the stack up, runs the scenarios, takes
 * the stack down; then draws the ledger. The stack is down again whatever happens.
 * @throws StackError, RunError or EngineError when a stack or run cannot be had.
 */
export async function verify(request: VerifyRequest): Promise<Verification> {
  const simulations = await simulateAll(request);
  const runs = new Map<string, LedgerRun>();
  const judgements: { scenario: string; step: number; judgement: Judgement }[] = [];
  const needed = Map.groupBy(runsNeeded(request.plan), ({ step }) => step);
  for (const [step, wanted] of needed) {
    if (request.signal.aborted) break;
    await withStack(request, step, async (stack) => {
      for (const name of lightestFirst(wanted, request.scenarios)) {
        if (request.signal.aborted) return;
        const { run, judgement } = await runOnce(request, stack, name);
        runs.set(runKey(name, step), run);
        judgements.push({ scenario: name, step, judgement });
        if (!run.observation.complete) return;
      }
    });
  }
  return { ledger: drawLedger(request.plan, runs, simulations), judgements };
}

async function simulateAll(request: VerifyRequest): Promise<Map<string, SimulatedRun>> {
  const { signal, report } = request;
  report.message("simulating the claims' scenarios");
  try {
    return await simulateClaims({ ...request, onProgress: report.simulating });
  } catch (error) {
    if (signal.aborted) return new Map();
    throw error;
  }
}

/** What a heavy load leaves behind then cannot colour a lighter one; a closed loop, which takes all it can get, comes last. */
function lightestFirst(
  wanted: readonly { readonly scenario: string }[],
  scenarios: ReadonlyMap<string, Scenario>,
): string[] {
  const load = (name: string): number => {
    const rates = scenarios.get(name)?.phases.map(peakRate_per_s) ?? [];
    return Math.max(0, ...rates) || Number.POSITIVE_INFINITY;
  };
  return wanted.map(({ scenario }) => scenario).toSorted((a, b) => load(a) - load(b));
}

async function withStack(request: VerifyRequest, step: number, use: (stack: Stack) => Promise<void>): Promise<void> {
  const { plan, backend, stackName, seed, products, users, signal, report } = request;
  const architecture = plan.steps.find((candidate) => candidate.step === step);
  if (!architecture) throw new RunError(`the plan has no step ${step}`);
  report.message(`step ${step}: starting ${architecture.name}`);
  const options = { name: stackName, seed, products, users, ephemeral: true, signal, onProgress: report.message };
  try {
    const stack = await backend.up(localTopology(plan, architecture), options);
    await use(stack);
  } finally {
    const { left } = await backend.down(stackName);
    report.message(left.length === 0 ? `step ${step}: stopped` : `step ${step}: could not stop ${left.join(', ')}`);
  }
}

async function runOnce(
  request: VerifyRequest,
  stack: Stack,
  name: string,
): Promise<{ run: LedgerRun; judgement: Judgement }> {
  const { plan, scenarios, engines, scale, seed, environment, signal, report, keep } = request;
  const scenario = scenarios.get(name);
  const engine = scenario && engines.get(scenario.engine);
  if (!scenario || !engine)
    throw new RunError(`there is no scenario \`${name}\``, 'a claim names it as what measures it');
  report.message(`step ${stack.step}: running ${name} (${scenario.title})`);
  const observation = await runScenario({
    plan,
    scenario,
    stack,
    backend: request.backend,
    engine,
    scale: scale ?? scenario.liveScale,
    seed,
    environment,
    signal,
    onProgress: report.progress,
  });
  const judgement = judge(observation, scenario.expect, engine.claims);
  const run = await keep(observation, judgement);
  report.finished(scenario, stack.step, observation, judgement, run);
  const broken = judgement.validity.find((check) => !check.ok && check.severity === 'invalid');
  const valid = broken === undefined;
  return {
    run: {
      observation,
      valid,
      run,
      liveScale: scenario.liveScale,
      claims: engine.claims,
      ...(broken ? { invalidBecause: broken.detail } : {}),
    },
    judgement,
  };
}
